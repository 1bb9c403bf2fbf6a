import { PixelCnnError } from "@pixelcnn/core";
import { RunsError } from "@pixelcnn/runs";
import { WasmTrainingError } from "@pixelcnn/wasm-training";
import { CliError } from "./cli-error.ts";

const known = [CliError, PixelCnnError, RunsError, WasmTrainingError];

/** Errors that the user can mend: one line, exit 1. Anything else is a fault of the program and is shown in full. */
export function isKnown(error: unknown): error is Error {
  return known.some((kind) => error instanceof kind) || isRefused(error);
}

/** The system refused a path: a folder where a file should be, no permission, a full disk. Its message names the path. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && "path" in error;
}
