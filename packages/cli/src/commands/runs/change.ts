/** A run under another name; runs taken away, and brought back. */
import { basename, dirname } from "node:path";
import { listRemovedRuns, removeRun, renameRun, restoreRun } from "@pixelcnn/runs";
import { CliError } from "../../cli-error.ts";
import { invocation } from "../../invocation.ts";
import { bytesText } from "../../output/bytes-text.ts";
import { type OutputFlags, outputFor } from "../../output/print.ts";
import { shellQuote } from "../../output/shell-quote.ts";
import { didYouMean } from "../../output/suggestion.ts";
import { runDirectory, runsFolder } from "../../paths.ts";
import { knownRun } from "../../runs/known-run.ts";
import { bytesOf, filesBelow } from "../../storage/files-below.ts";

export async function runRename(run: string, name: string, flags: OutputFlags): Promise<void> {
  const from = await knownRun(run);
  const to = await renameRun(dirname(from), basename(from), name);
  const output = outputFor(flags);
  output.json({ from, to });
  output.line(`${from} is now ${to}`);
}

/** Moves them aside, where they stay until they are brought back or cleaned away. */
export async function runRemove(runs: readonly string[], flags: OutputFlags): Promise<void> {
  const output = outputFor(flags);
  const directories = await Promise.all(runs.map(knownRun)); // all of them are there, or none is removed
  for (const [i, directory] of directories.entries()) {
    const bytes = bytesOf(await filesBelow(directory));
    const folder = dirname(directory);
    await removeRun(folder, basename(directory));
    output.json({ removed: directory, bytes });
    output.line(`removed ${directory}; ${invocation} runs restore ${shellQuote(runs[i]!)} brings it back`);
    const where = folder === runsFolder() ? "" : ` --folder ${shellQuote(folder)}`;
    output.line(`it still takes ${bytesText(bytes)}: ${invocation} disk clean removed${where}`);
  }
}

/** The newest removed run of each name. */
export async function runRestore(runs: readonly string[], flags: OutputFlags): Promise<void> {
  const output = outputFor(flags);
  for (const run of runs) {
    const directory = runDirectory(run);
    const root = dirname(directory);
    const removed = await listRemovedRuns(root);
    const found = removed.find(({ name }) => name === basename(directory));
    if (found === undefined) {
      const meant = didYouMean(
        basename(directory),
        removed.map(({ name }) => name),
      );
      throw new CliError(
        `expected a run that was removed from ${root}, got ${run}${meant}; nothing was brought back`,
      );
    }
    const restored = await restoreRun(root, found);
    output.json({ restored });
    output.line(`${restored} is back`);
  }
}
