import { BackendError } from "@pixelcnn/backends";
import { PixelCnnError } from "@pixelcnn/core";
import { DatasetsError, UnknownDatasetError } from "@pixelcnn/datasets";
import { DrawingError } from "@pixelcnn/drawing";
import { RunsError } from "@pixelcnn/runs";
import { WasmTrainingError } from "@pixelcnn/wasm-training";
import { CliError } from "./cli-error.ts";
import { refusalOf } from "./output/refusal.ts";
import { didYouMean } from "./output/suggestion.ts";

const known = [
  BackendError,
  CliError,
  DatasetsError,
  DrawingError,
  PixelCnnError,
  RunsError,
  WasmTrainingError,
];

/**
 * The line that is told of an error that the user can mend, as what the system refuses is; null for a fault of the app, which
 * is shown in full.
 */
export function lineOf(error: unknown): string | null {
  if (error instanceof UnknownDatasetError) return `${error.message}${didYouMean(error.given, error.known)}`;
  return known.some((kind) => error instanceof kind) ? (error as Error).message : refusalOf(error);
}
