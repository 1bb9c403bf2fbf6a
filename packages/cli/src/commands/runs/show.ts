import { basename } from "node:path";
import { readRun, readRunEnd } from "@pixelcnn/runs";
import { emptyHistory, foldRecords } from "@pixelcnn/runs/history";
import { invocation } from "../../invocation.ts";
import { bytesText } from "../../output/bytes-text.ts";
import { fitColumns, screenWidth, tableWidth, wrap } from "../../output/columns.ts";
import { durationText } from "../../output/duration-text.ts";
import { paint } from "../../output/paint.ts";
import { type OutputFlags, outputFor } from "../../output/print.ts";
import { shellQuote } from "../../output/shell-quote.ts";
import { knownRun } from "../../runs/known-run.ts";
import { factsOf, figure } from "../../runs/run-facts.ts";
import { stateColour, stateOfRun } from "../../runs/run-state.ts";
import { settingsOfRun, settingText } from "../../runs/settings-of-run.ts";
import { bytesOf, filesBelow } from "../../storage/files-below.ts";

/** Evaluations that a screen has room for. */
const SHOWN_EVALUATIONS = 8;
/** Characters before a fact. */
const LABEL = 9;

export async function runShow(name: string, flags: OutputFlags & { readonly full?: boolean }): Promise<void> {
  const directory = await knownRun(name);
  const { config, records } = await readRun(directory);
  const history = foldRecords(emptyHistory, records);
  const ends = await readRunEnd(directory);
  const state = await stateOfRun(directory, ends);
  const files = await filesBelow(directory);
  const settings = settingsOfRun(config);
  const { evaluations } = history;
  const output = outputFor(flags);
  output.json({
    ...{ name: basename(directory), directory, state, ...factsOf(ends), settings },
    ...{ elapsedMs: history.done?.elapsedMs ?? null, bytes: bytesOf(files), evaluations },
  });
  const { started, step, speed } = factsOf(ends);
  const facts: [string, string][] = [
    ["run", directory],
    [
      "state",
      paint(stateColour[state], state) +
        (started === null ? "" : `, started ${started.slice(0, 16).replace("T", " ")}`),
    ],
    [
      "network",
      `${settingText(settings.model)}, ${(history.started?.weights ?? 0).toLocaleString("en")} weights, on ${settingText(settings.dataset)}`,
    ],
    [
      "trained",
      `${step.toLocaleString("en")} steps${history.done ? ` in ${durationText(history.done.elapsedMs)}` : ""}, ${figure(speed, 1)} pictures/s, ${settingText(settings.backend)}`,
    ],
    ["on disk", `${bytesText(bytesOf(files))} in ${files.length} files`],
  ];
  for (const [what, value] of facts) output.line(labelled(what, value));
  const shown = flags.full === true ? evaluations : evaluations.slice(-SHOWN_EVALUATIONS);
  if (shown.length > 0) {
    const [head, ...rows] = fitColumns(
      [
        ["epoch", "train nats", "validation nats", "test nats", "test bits/dim"],
        ...shown.map(({ epoch, trainNats, validation, test }) => [
          ...[String(epoch), figure(trainNats, 2), figure(validation.nats, 2), figure(test.nats, 2)],
          figure(test.bitsPerDim, 4),
        ]),
      ],
      tableWidth(),
    );
    output.line(`\n${paint("bold", head!)}`);
    for (const row of rows) output.line(row);
    if (shown.length < evaluations.length)
      output.line(`… ${evaluations.length - shown.length} before them: --full`);
  }
  if (flags.full === true) {
    output.line(`\n${paint("bold", "settings")}`);
    for (const [key, value] of Object.entries(settings))
      output.line(`${key.padEnd(19)}${settingText(value)}`);
  }
  const next = { training: "--stop", finished: null, stopped: "--resume", unfinished: "--resume" }[state];
  const run = shellQuote(directory);
  output.line(`\n${invocation} ${next === null ? `generate ${run}` : `train ${next} ${run}`}`);
}

/** A fact beside its name; on a narrow screen it goes on below itself. */
function labelled(what: string, value: string): string {
  const lines = wrap(value, screenWidth(), LABEL);
  return what.padEnd(LABEL) + lines.join("\n").slice(LABEL);
}
