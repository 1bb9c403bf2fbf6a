import { CliError } from "../cli-error.ts";

/** What the argument of a command that reads a model may be, for its help. */
export const MODEL_ARGUMENT = "model file, run directory, or name of a model in models/";

/**
 * Flags with the model that was named as an argument, as if --model-file had named it.
 *
 * @throws {CliError} when both name one.
 */
export function withModelArgument<T extends Record<string, unknown>>(
  argument: string | undefined,
  flags: T,
): T {
  if (argument === undefined) return flags;
  if (flags.modelFile !== undefined)
    throw new CliError(
      `expected one model, got ${argument} and --model-file ${flags.modelFile}; leave one of them out`,
    );
  return { ...flags, modelFile: argument };
}
