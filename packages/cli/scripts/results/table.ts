/** The tables of docs/results.md: measured likelihoods with published ones beside them, and who draws the class that was asked for. */
import published from "./published.json" with { type: "json" };
import type { Measurement, Results } from "./record.ts";
import { percent, ratioOf } from "./shares.ts";

const heads = ["data set", "model", "weights", "steps", "measured", "published"];

/** Markdown, a row per model: those with published values first. */
export function resultsTable(results: Results): string {
  const rows = Object.entries(results)
    .map(([model, measurement]) => ({ model, measurement, rank: rankOf(measurement) }))
    .sort((a, b) => a.rank - b.rank || a.model.localeCompare(b.model))
    .map(({ model, measurement }) => rowOf(model, measurement));
  return markdownTable([heads, ...rows]);
}

/** Markdown, a row per model with classes, by name. */
export function classesTable(results: Results): string {
  const rows = Object.entries(results)
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([model, { classAgreement: judged }]) =>
      judged === null
        ? []
        : [
            [
              `\`${model}\``,
              `${percent(judged.agreement)} of ${judged.images.toLocaleString("en")}`,
              `${percent(judged.classifier.accuracy)} of ${judged.classifier.images.toLocaleString("en")}`,
              ratioOf(judged),
            ],
          ],
    );
  return markdownTable([["model", "samples of the asked class", "real test pictures", "ratio"], ...rows]);
}

function rowOf(model: string, measurement: Measurement): string[] {
  const measure = measureOf(measurement);
  const { picture, dataset, test, weights, steps } = measurement;
  return [
    measure?.title ?? `${dataset}, ${picture.height}×${picture.width}, ${picture.levels} levels`,
    `[\`${model}\`](../models/${model}.md)`,
    weights.toLocaleString("en"),
    steps.toLocaleString("en"),
    measure?.unit === "bitsPerDim"
      ? `${test.bitsPerDim.toFixed(3)} bits/dim`
      : measure?.unit === "nats"
        ? `${test.nats.toFixed(2)} nats`
        : `${test.nats.toFixed(2)} nats (${test.bitsPerDim.toFixed(3)} bits/dim)`,
    measure?.published
      .map(({ model: name, value, source }) => `${name} ${linked(value, source)}`)
      .join(", ") ?? "–",
  ];
}

function linked(value: string, source: string): string {
  return `[${value}](${published.sources[source as keyof typeof published.sources].url})`;
}

function measureOf({ dataset, picture, binarise }: Measurement) {
  return published.measures.find(
    (measure) =>
      measure.dataset === dataset && measure.levels === picture.levels && measure.binarise === binarise,
  );
}

function rankOf(measurement: Measurement): number {
  const measure = measureOf(measurement);
  return measure === undefined ? published.measures.length : published.measures.indexOf(measure);
}

function markdownTable([head, ...rows]: readonly string[][]): string {
  const widths = head!.map((_, column) => Math.max(...[head!, ...rows].map((row) => row[column]!.length)));
  const line = (cells: readonly string[], fill = " ") =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(" | ")} |`;
  return [
    line(head!),
    line(
      head!.map(() => ""),
      "-",
    ),
    ...rows.map((row) => line(row)),
  ].join("\n");
}
