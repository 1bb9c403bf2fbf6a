/** Reads the command line, and turns errors into one line and an exit code. */
import { type Command, CommanderError } from "commander";
import { explainMistake } from "./mistakes.ts";
import { watchOutput } from "./output/unread-output.ts";

const USAGE_EXIT_CODE = 2;

/** @param words what was typed; the command line unless given */
export async function runApp(app: Command, words = process.argv.slice(2)): Promise<void> {
  prepare(app);
  watchOutput();
  try {
    await app.parseAsync(words, { from: "user" });
  } catch (error) {
    process.exitCode = await report(error);
  }
}

/** Mistakes of a command and of all below it are thrown and told in one line. */
function prepare(command: Command): void {
  command.exitOverride().showSuggestionAfterError(false);
  command.configureOutput({
    outputError: (text, write) => write(`${explainMistake(text, command)}\n`),
  });
  for (const below of command.commands) prepare(below);
}

/** @returns the exit code. */
async function report(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  const { lineOf } = await import("./known-errors.ts");
  const line = lineOf(error);
  const inFull = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${line === null ? inFull : oneLine(line)}\n`);
  return 1;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
