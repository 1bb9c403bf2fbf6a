/** Bytes of the model file beside the page. */
export async function fetchModel() {
  const response = await fetch(new URL("/glyphs.safetensors", location.origin));
  return new Uint8Array(await response.arrayBuffer());
}
