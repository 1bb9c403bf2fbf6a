/**
 * What a library writes on standard error while it is loaded. TensorFlow 2.21 tells everybody there, in four lines, that oneDNN is on, before anything could
 * ask it not to. Only the C library can turn that away.
 */
import { closeSync, openSync } from "node:fs";

const STANDARD_ERROR = 2;

/** Runs something with standard error closed to everybody in this process. On Linux; elsewhere everybody is heard. */
export async function withoutStandardError<T>(run: () => T): Promise<T> {
  if (process.platform !== "linux") return run();
  const { default: koffi } = await import("koffi");
  const library = koffi.load("libc.so.6");
  const duplicate = library.func("int dup(int)");
  const replace = library.func("int dup2(int, int)");
  const kept: number = duplicate(STANDARD_ERROR);
  const nowhere = openSync("/dev/null", "w");
  replace(nowhere, STANDARD_ERROR);
  try {
    return run();
  } finally {
    replace(kept, STANDARD_ERROR);
    closeSync(kept);
    closeSync(nowhere);
  }
}
