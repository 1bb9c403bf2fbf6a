import { OptionError } from "../errors.ts";

/** Kernels compute (l - max l) / T in float32: T, its inverse, and logits by it must have room there. */
const [LOWEST, HIGHEST] = [1e-30, 1e30];

/** @throws {OptionError} unless a temperature is 0 or within what float32 can divide logits by. */
export function checkTemperature(temperature: number): void {
  if (temperature === 0 || (temperature >= LOWEST && temperature <= HIGHEST)) return;
  throw new OptionError(
    `expected a temperature of 0, or from ${LOWEST} to ${HIGHEST}, got ${temperature}; 1 draws from the model as it is, 0 without chance`,
  );
}
