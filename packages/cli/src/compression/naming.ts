import { OptionError, PixelCnnError } from "@pixelcnn/core";
import { CliError } from "../cli-error.ts";

/** Does what core refuses of a file by a line that begins with its name. @throws {CliError} for that; a wrong flag's error as it is. */
export async function naming<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw named(path, error);
  }
}

/** The error with a file's name before what core says of it. */
export function named(path: string, error: unknown): unknown {
  const isOfFile = error instanceof PixelCnnError && !(error instanceof OptionError);
  return isOfFile ? new CliError(`${path}: ${error.message}`, { cause: error }) : error;
}
