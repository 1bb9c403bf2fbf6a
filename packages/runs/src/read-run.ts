/** The reading side: a run as it stands, whoever is writing it at the same moment. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { layout } from "./layout.ts";
import { readRegular } from "./read-regular.ts";
import { parseRecord, type RunRecord } from "./records.ts";
import { RunsError } from "./runs-error.ts";

/** A run as {@link readRun} found it. */
export interface Run {
  readonly name: string;
  readonly directory: string;
  /** What config.json holds; null when it is missing or damaged. */
  readonly config: unknown;
  readonly records: readonly RunRecord[];
}

/** @throws {RunsError} when there is no run. */
export async function readRun(directory: string): Promise<Run> {
  let text: string;
  try {
    text = await readRegular(layout.metrics(directory));
  } catch (cause) {
    throw new RunsError(`expected a run directory with metrics.jsonl, got ${directory}`, { cause });
  }
  const config = await readRegular(layout.config(directory))
    .then(JSON.parse)
    .catch(() => null);
  return { name: basename(directory), directory, config, records: parseRecords(text) };
}

/** Names of the runs in a directory, sorted; none when the directory does not exist. */
export async function listRuns(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const runs = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => ((await isRun(join(root, name))) ? [name] : [])),
  );
  return runs.flat().sort();
}

/** Names of all folders that may be runs, sorted: also those in which there is nothing to read yet, or no longer. */
export async function listRunFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}

/**
 * The records of a metrics text. An unterminated last line is not there yet; unknown lines are passed over; `resumed` at
 * step n takes back what was told beyond n.
 */
export function parseRecords(text: string): RunRecord[] {
  const end = text.lastIndexOf("\n");
  const records: RunRecord[] = [];
  for (const line of text.slice(0, Math.max(0, end)).split("\n")) {
    const record = parseRecord(line);
    if (record?.type === "resumed") {
      for (
        let last = records.at(-1);
        last && "step" in last && last.step > record.step;
        last = records.at(-1)
      ) {
        records.pop();
      }
    }
    if (record !== null) records.push(record);
  }
  return records;
}

async function isRun(directory: string): Promise<boolean> {
  return stat(layout.metrics(directory)).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
