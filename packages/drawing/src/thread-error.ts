/** An error that a thread tells another: a clone keeps its text, but neither its class nor its fields. */
import {
  CausalityError,
  LogitsError,
  NetworkError,
  OptionError,
  PixelCnnError,
  ScheduleError,
  SeedError,
  ShapeError,
} from "@pixelcnn/core";
import { DrawingError } from "./drawing-error.ts";

/** What can be mended by whoever asked, the base last. A fault of the program has none of these classes. */
const kinds = [
  ...[CausalityError, LogitsError, NetworkError, OptionError, ScheduleError, SeedError, ShapeError],
  ...[DrawingError, PixelCnnError],
];

/** What is posted. */
export interface ThreadError {
  /** Text, stack and cause. */
  readonly error: unknown;
  /** Index of its class in `kinds`; −1 for another. */
  readonly kind: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function tellError(error: unknown): ThreadError {
  const kind = kinds.findIndex((one) => error instanceof one);
  return { error, kind, fields: kind < 0 ? {} : { ...(error as Error) } };
}

/** The same error again, on the thread that was told of it. */
export function toldError({ error, kind, fields }: ThreadError): unknown {
  const known = kinds[kind];
  return known === undefined ? error : Object.assign(Object.setPrototypeOf(error, known.prototype), fields);
}
