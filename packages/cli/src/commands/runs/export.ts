import { stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { layout, readRun, writeAtomic } from "@pixelcnn/runs";
import { emptyHistory, foldRecords } from "@pixelcnn/runs/history";
import { CliError } from "../../cli-error.ts";
import { outputFile } from "../../output/output-file.ts";
import { type OutputFlags, outputFor } from "../../output/print.ts";
import { shellQuote } from "../../output/shell-quote.ts";
import { curvesCsv } from "../../runs/curves-csv.ts";
import { knownRun } from "../../runs/known-run.ts";
import { tensorboardEvents } from "../../runs/tensorboard-events.ts";
import { userPath } from "../../user-path.ts";

export async function runExport(
  names: readonly string[],
  flags: OutputFlags & { readonly out?: string },
): Promise<void> {
  const directories = await Promise.all(names.map(knownRun));
  if (flags.out === undefined && directories.length > 1)
    throw new CliError(`expected --out <folder> for ${directories.length} runs, got none; name a folder`);
  const out = flags.out ?? `${basename(directories[0]!)}.csv`;
  const isCsv = extname(out).toLowerCase() === ".csv";
  if (isCsv && directories.length > 1)
    throw new CliError(
      `--out: expected a folder for ${directories.length} runs, got a CSV file; name a folder`,
    );
  if (!isCsv && extname(out) !== "" && !/[/\\]$/.test(out))
    throw new CliError(
      `--out: expected a .csv file, or a folder for TensorBoard, got "${out}"; choose one of them`,
    );
  const output = outputFor(flags);
  for (const directory of directories) {
    const { records, name } = await readRun(directory);
    const history = foldRecords(emptyHistory, records);
    const startMs = Date.parse(history.started?.time ?? "") || 0;
    const endMs = history.done
      ? startMs + history.done.elapsedMs
      : (await stat(layout.metrics(directory))).mtimeMs;
    const file = isCsv
      ? await outputFile("--out", out, ".csv")
      : join(userPath(out), name, `events.out.tfevents.${Math.floor(startMs / 1000)}.pixelcnn`);
    await writeAtomic(file, isCsv ? curvesCsv(history) : tensorboardEvents(history, startMs, endMs));
    output.json({
      run: directory,
      out: file,
      steps: history.steps.length,
      evaluations: history.evaluations.length,
    });
    output.line(`${history.steps.length} steps and ${history.evaluations.length} evaluations: ${file}`);
  }
  if (!isCsv) output.line(`tensorboard --logdir ${shellQuote(userPath(out))}`);
}
