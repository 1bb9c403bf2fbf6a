/** The plan in words: what to type, what it takes and what may be expected of it. */
import { relative } from "node:path";
import { shellQuote } from "../../src/output/shell-quote.ts";
import type { TrainSettings } from "../../src/settings/train-settings.ts";
import { engineText } from "../../src/training/training-engine.ts";
import type { Plan } from "./plan.ts";

/** @param fetch the command that brings the data set; null where it is here. */
export function planLines(plan: Plan, root: string, fetch: string | null): string[] {
  const { model, file, measured, weights, trainings, doubts, took } = plan;
  const { test } = measured;
  const figure = `${test.nats.toFixed(2)} nats, ${test.bitsPerDim.toFixed(4)} bits/dim`;
  const last = trainings.at(-1)!;
  const commands = trainings.flatMap(({ commands, stage }) =>
    commands.map(({ words, stopAfter }, i) => [
      `  ${typed(words, root)}`,
      ...(i === 0 ? [`    ${settingsText(stage.settings)}`] : []),
      ...(stopAfter === null ? [] : [`    stopped after ${stopAfter} minutes`]),
    ]),
  );
  return [
    `${model}: ${weights.toLocaleString("en")} weights after ${file.provenance.steps.toLocaleString("en")} steps on ${file.provenance.dataset}`,
    "",
    ...(fetch === null ? [] : [`  ${fetch}`, "    the data set, which is not on this machine"]),
    ...commands.flat(),
    `  ${typed(["evaluate", `${last.run}/best.safetensors`], root)}`,
    `    the card: ${figure} (all ${test.images.toLocaleString("en")} test pictures)`,
    "",
    ...(took === null ? [] : [`took      ${took}`]),
    `length    ${lengthText(trainings.map(({ commands, stage }) => commands.at(-1)!.stopAfter ?? stage.settings.minutes ?? null))}`,
    ...(doubts.length === 0
      ? ["expected  the same weights bit for bit, by the release that made it on the same kind of processor"]
      : [
          "expected  the same likelihood, not the same bits:",
          ...doubts.map((doubt) => `          ${doubt}`),
        ]),
    "",
    `pnpm reproduce ${model} --dry-run tries every training for some seconds; --run does it all, and goes on where it was stopped`,
  ];
}

/** @param minutes of every training; null where it is told in steps or epochs. */
function lengthText(minutes: readonly (number | null)[]): string {
  const known = minutes.filter((one) => one !== null);
  const hours = `${(known.reduce((sum, one) => sum + one, 0) / 60).toFixed(1)} hours`;
  if (known.length === minutes.length) return hours;
  const others = "in steps or epochs: --dry-run says what they take here";
  return known.length === 0 ? others : `${hours}, and what is ${others}`;
}

function typed(words: readonly string[], root: string): string {
  const short = words.map((word) => (word.startsWith(root) ? `./${relative(root, word)}` : word));
  return `pnpm --filter cli ${short.map(shellQuote).join(" ")}`;
}

function settingsText(settings: TrainSettings): string {
  const { model, epochs, steps, minutes, batchSize, seed, backend, workers, trainOn, learningRate } =
    settings;
  const length =
    steps !== undefined
      ? `${steps.toLocaleString("en")} steps`
      : epochs !== undefined
        ? `${epochs} epochs in steps`
        : `${minutes} minutes in steps`;
  const unit = trainOn === "pixels" ? "pixels" : "pictures";
  // A backend that is still to be chosen by the machine has no threads to tell of.
  const engine =
    backend === "auto" || workers === undefined ? `${backend} backend` : engineText(backend, workers);
  const network = settings.initFrom === undefined ? model : "the network it begins with";
  return `${network}, ${length} of ${batchSize} ${unit}, learning rate ${learningRate}, seed ${seed}, ${engine}`;
}
