/**
 * Output that cannot be written: a reader that has read enough, a terminal that went away, a log on a full disk. What a command does is worth more
 * than what it says, so its work is done all the same.
 */
import { refusalOf } from "./refusal.ts";

/** What printing is to a command: all that it is for, a report of its work, or a report that nobody has to get. */
type Worth = "everything" | "report" | "nothing";

let worth: Worth = "report";

/** From now on, a command that nobody reads ends at once: it does nothing but print. */
export function outputIsEverything(): void {
  worth = "everything";
}

/** From now on, output that cannot be written is left out, and that is no failure. */
export function outputIsOptional(): void {
  worth = "nothing";
}

/** Listens to both streams; without a listener their errors would end the app with a stack trace. */
export function watchOutput(): void {
  let isTold = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (worth === "nothing" || isTold) return;
    isTold = true;
    // Whoever read it has read enough: nothing failed.
    if (error.code !== "EPIPE") {
      process.stderr.write(`${refusalOf(error) ?? `standard output: ${error.message}`}\n`);
      process.exitCode = 1;
    }
    if (worth === "everything") process.exit();
  });
  process.stderr.on("error", () => {});
}
