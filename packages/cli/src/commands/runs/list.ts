import { join } from "node:path";
import { listRuns, readRunEnd } from "@pixelcnn/runs";
import { invocation } from "../../invocation.ts";
import { fitColumns, tableWidth } from "../../output/columns.ts";
import { paint } from "../../output/paint.ts";
import { type OutputFlags, outputFor } from "../../output/print.ts";
import { runsFolder } from "../../paths.ts";
import { factsOf, figure } from "../../runs/run-facts.ts";
import { stateColour, stateOfRun } from "../../runs/run-state.ts";
import { userPath } from "../../user-path.ts";

export async function runList(flags: OutputFlags & { readonly folder?: string }): Promise<void> {
  const folder = flags.folder === undefined ? runsFolder() : userPath(flags.folder);
  const names = await listRuns(folder);
  const runs = await Promise.all(
    names.map(async (name) => {
      const directory = join(folder, name);
      const ends = await readRunEnd(directory);
      return { name, directory, state: await stateOfRun(directory, ends), ...factsOf(ends) };
    }),
  );
  runs.sort((a, b) => (b.started ?? "").localeCompare(a.started ?? "")); // the newest first
  const output = outputFor(flags);
  output.json(runs);
  if (runs.length === 0) {
    output.line(`no runs in ${folder}; ${invocation} train makes one`);
    return;
  }
  const table = [
    ["run", "state", "epoch", "step", "validation"],
    ...runs.map(({ name, state, epoch, step, validation }) => [
      name,
      state,
      String(epoch ?? "–"),
      step.toLocaleString("en"),
      validation === null
        ? "–"
        : `${figure(validation.nats, 2)} nats, ${figure(validation.bitsPerDim, 4)} bits/dim`,
    ]),
  ];
  const [head, ...rows] = fitColumns(table, tableWidth(), 0);
  output.line(paint("bold", head!));
  for (const [i, row] of rows.entries()) {
    const { state } = runs[i]!;
    output.line(row.replace(new RegExp(`\\b${state}\\b`), (word) => paint(stateColour[state], word)));
  }
}
