/** The gates, elu and relu in pinned arithmetic: the bits of kernels/activations.ts. */
import { exponential } from "./exponential.ts";

const { fround } = Math;

/** tanh(a)·σ(b) = (1 - e^-2a) / ((1 + e^-2a)·(1 + e^-b)); beyond the limits both factors are 1 or 0 to 10^-13. */
export function gate(a: number, b: number): number {
  const p = exponential(fround(clamp(a, 15) * -2));
  const q = exponential(-clamp(b, 30));
  return fround(fround(1 - p) / fround(fround(1 + p) * fround(1 + q)));
}

/** a·σ(b) = a / (1 + e^-b); beyond the limit σ is 1 or 0 to 10^-13. */
export function glu(a: number, b: number): number {
  return fround(a / fround(1 + exponential(-clamp(b, 30))));
}

/** x for x > 0, else e^x - 1. */
export function elu(x: number): number {
  return x > 0 ? x : fround(exponential(clamp(x, 30)) - 1);
}

/** x for x > 0, else 0. */
export function relu(x: number): number {
  return Math.max(x, 0);
}

/** x between -limit and limit; NaN stays NaN. */
function clamp(x: number, limit: number): number {
  return Math.max(Math.min(x, limit), -limit);
}
