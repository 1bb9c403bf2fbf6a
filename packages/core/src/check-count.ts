import { OptionError } from "./errors.ts";

/** @throws {OptionError} unless a value is a whole number of at least 1. */
export function checkCount(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new OptionError(`expected ${name} to be a whole number of at least 1, got ${value}`);
}
