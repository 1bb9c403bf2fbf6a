/** The uniform numbers of sampling/noise.ts in WGSL: Philox4x32-10 of (index, element, 0, 0), products from 16-bit halves. */
export const NOISE_FUNCTIONS = `
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let lowLow = (a & 0xffffu) * (b & 0xffffu);
  let cross = (a >> 16u) * (b & 0xffffu) + (lowLow >> 16u);
  let cross2 = (a & 0xffffu) * (b >> 16u) + (cross & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (cross >> 16u) + (cross2 >> 16u);
}
fn uniformOf(index: u32, element: u32) -> f32 {
  var c = vec4u(index, element, 0u, 0u);
  var key = vec2u(draw.seedLow, draw.seedHigh);
  for (var round = 0u; round < 10u; round++) {
    c = vec4u(
      multiplyHigh(0xcd9e8d57u, c.z) ^ c.y ^ key.x,
      0xcd9e8d57u * c.z,
      multiplyHigh(0xd2511f53u, c.x) ^ c.w ^ key.y,
      0xd2511f53u * c.x,
    );
    key += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return f32(c.x >> 8u) * 0x1p-24;
}
`;
