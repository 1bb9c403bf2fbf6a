import { basename } from "node:path";
import { readRun, readRunEnd } from "@pixelcnn/runs";
import { emptyHistory, foldRecords } from "@pixelcnn/runs/history";
import { CliError } from "../../cli-error.ts";
import { fitColumns, tableWidth } from "../../output/columns.ts";
import { paint } from "../../output/paint.ts";
import { type OutputFlags, outputFor } from "../../output/print.ts";
import { knownRun } from "../../runs/known-run.ts";
import { resultsOf } from "../../runs/run-results.ts";
import { differingSettings, settingsOfRun, settingText } from "../../runs/settings-of-run.ts";

/** Settings and results side by side, a column a run; the same settings are left out. */
export async function runCompare(names: readonly string[], flags: OutputFlags): Promise<void> {
  if (names.length < 2)
    throw new CliError(`expected two runs or more to compare, got ${names.length}; name another`);
  const runs = await Promise.all(
    names.map(async (name) => {
      const directory = await knownRun(name);
      const { config, records } = await readRun(directory);
      return {
        name: basename(directory),
        settings: settingsOfRun(config),
        results: resultsOf(foldRecords(emptyHistory, records), await readRunEnd(directory)),
      };
    }),
  );
  const differing = differingSettings(runs.map(({ settings }) => settings));
  const output = outputFor(flags);
  output.json(
    runs.map(({ name, settings, results }) => ({
      ...{ name, settings: Object.fromEntries(differing.map((key) => [key, settings[key] ?? null])) },
      results,
    })),
  );
  // Names of runs are longer than what stands below them: a letter each.
  const letters = runs.map((_, i) => letterOf(i));
  for (const [i, { name }] of runs.entries()) output.line(`${paint("bold", letters[i]!)}  ${name}`);
  const rows = [
    ["", ...letters],
    ...differing.map((key) => [key, ...runs.map(({ settings }) => settingText(settings[key]))]),
    ...Object.keys(runs[0]!.results).map((what) => [
      what,
      ...runs.map(({ results }) => results[what]?.text ?? "–"),
    ]),
  ];
  output.line("");
  for (const line of fitColumns(rows, tableWidth(), 0)) if (line !== "") output.line(line);
  if (differing.length === 0) output.line("their settings are the same");
}

/** a … z, then a1 … */
function letterOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}
