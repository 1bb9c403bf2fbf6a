/**
 * Pointwise functions, and how a sum is stored through its own. By the exponential alone: WGSL allows `tanh` an error of 1e-5, more than
 * the draws forgive. WGSL's `min` and `max` may also make a number of NaN, which a draw has to hear of: these compare, which NaN passes.
 */
import type { Sum } from "../../lowering/index.ts";
import type { Addresses } from "./addresses.ts";

export const ACTIVATION_FUNCTIONS = `
fn atLeast(least: f32, x: f32) -> f32 { return select(x, least, x < least); }
fn atMost(most: f32, x: f32) -> f32 { return select(x, most, x > most); }
fn sigmoidOf(x: f32) -> f32 { return 1.0 / (1.0 + exp(-atLeast(-80.0, x))); }
fn tanhOf(x: f32) -> f32 { return 1.0 - 2.0 / (1.0 + exp(2.0 * atMost(40.0, x))); }
fn eluOf(x: f32) -> f32 { return select(exp(atMost(0.0, x)) - 1.0, x, x > 0.0); }
`;

/** Statements that store what `value`, of channel `f` at column `x`, becomes. */
export function storeActivated(
  addresses: Addresses,
  { target, channels, activation }: Sum,
  value: string,
  x = "x",
): string {
  const store = (what: string, f = "f") => addresses.store(target, f, what, x);
  switch (activation) {
    case "none":
      return store(value);
    case "relu":
      return store(`atLeast(0.0, ${value})`);
    case "elu":
      return store(`eluOf(${value})`);
    case "concatElu":
      return `{ let whole = ${value}; ${store("eluOf(whole)")} ${store("eluOf(-whole)", `f + ${channels}u`)} }`;
    default:
      return activation satisfies never;
  }
}
