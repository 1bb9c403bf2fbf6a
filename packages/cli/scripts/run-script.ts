/** How a script of this folder runs: its command, and one line for an error that the user can mend. */
import type { Command } from "commander";
import { lineOf } from "../src/known-errors.ts";

/** Ends the process with 1 after such a line; a fault of the script is shown in full. */
export async function runScript(command: Command): Promise<void> {
  try {
    await command.parseAsync();
  } catch (error) {
    const line = lineOf(error);
    if (line === null) throw error;
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
}
