/**
 * How precisely products and convolutions multiply; sums and everything else are float32 always.
 *
 * - `float32`: as exact as float32 is, which XLA calls HIGHEST.
 * - `tf32`: XLA's DEFAULT. On NVIDIA's cards from Ampere on, factors have 10 bits of fraction; other devices take what they are fastest at.
 * - `bf16`: factors are rounded to bfloat16, 7 bits of fraction. A product's result is float32; a convolution's is rounded too, since cuDNN's kernels give back
 *   what they take. On a processor products alone are rounded.
 */

/** How precisely it multiplies. */
export type Precision = "float32" | "tf32" | "bf16";

/** XLA's own word, for both factors. */
export function operandPrecision(precision: Precision): "HIGHEST" | "DEFAULT" {
  return precision === "float32" ? "HIGHEST" : "DEFAULT";
}

/** How devices of a client's platform can multiply. */
export function precisionsOf(platform: string): readonly Precision[] {
  return platform === "cpu" ? ["float32", "bf16"] : ["float32", "tf32", "bf16"];
}
