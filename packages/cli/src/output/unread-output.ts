/** Output that cannot be written: a reader that has read enough, a terminal that went away, a log on a full disk. */
import { refusalOf } from "./refusal.ts";

let isRequired = true;

/** From now on, output that cannot be written is left out: what the command does is worth more than what it says. */
export function outputIsOptional(): void {
  isRequired = false;
}

/** Listens to both streams; without a listener their errors would end the app with a stack trace. */
export function watchOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (!isRequired) return;
    if (error.code === "EPIPE") process.exit(0); // whoever read it has read enough: nothing failed
    process.stderr.write(`${refusalOf(error) ?? `standard output: ${error.message}`}\n`);
    process.exit(1);
  });
  process.stderr.on("error", () => {});
}
