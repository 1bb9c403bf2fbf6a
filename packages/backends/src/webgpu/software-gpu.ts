/** A GPU in software is correct and far slower than WebAssembly: it is taken only where the environment asks for one. */
export const USE_SOFTWARE = "set PIXELCNN_SOFTWARE_GPU=1 to use it all the same";

/** Does the user ask for a GPU in software? */
export function wantsSoftware(): boolean {
  return process.env.PIXELCNN_SOFTWARE_GPU === "1";
}
