/** Pointwise functions, by the exponential alone: WGSL allows `tanh` an error of 1e-5, more than the draws forgive. */
import type { Activation } from "../incremental/plan.ts";

export const ACTIVATION_FUNCTIONS = `
fn sigmoidOf(x: f32) -> f32 { return 1.0 / (1.0 + exp(-max(x, -80.0))); }
fn tanhOf(x: f32) -> f32 { return 1.0 - 2.0 / (1.0 + exp(2.0 * min(x, 40.0))); }
fn eluOf(x: f32) -> f32 { return select(exp(min(x, 0.0)) - 1.0, x, x > 0.0); }
`;

export function activate(activation: Activation, value: string): string {
  switch (activation) {
    case "none":
      return value;
    case "relu":
      return `max(0.0, ${value})`;
    case "elu":
      return `eluOf(${value})`;
    default:
      return activation satisfies never;
  }
}
