/**
 * `pnpm results`: measures every model in `models/` on the real test pictures (PIXELCNN_DATA says where they lie), records that in
 * models/results.json, and rewrites docs/results.md and the cards from it. `--check` writes and measures nothing: it asks whether record, cards
 * and documents are about the model files that lie there.
 */
import { resolve } from "node:path";
import { chooseBackend, enableRelaxedSimd } from "@pixelcnn/backends";
import { writeAtomic } from "@pixelcnn/runs";
import { Command, Option } from "commander";
import { CliError } from "../src/cli-error.ts";
import { packageRoot } from "../src/package-root.ts";
import { readModel } from "../src/read-model.ts";
import { findStale } from "./results/check.ts";
import { pagesOf } from "./results/pages.ts";
import {
  type Measurement,
  modelFileIn,
  type Results,
  readResults,
  shippedModels,
  writeResults,
} from "./results/record.ts";
import { agreementText, copiesText } from "./results/shares.ts";
import { runScript } from "./run-script.ts";
import { findStaleSheets } from "./sheets/check-sheets.ts";

const root = resolve(packageRoot, "../..");
const print = (line: string) => process.stdout.write(`${line}\n`);
const backends = ["wasm", "native"] as const;
type Backend = (typeof backends)[number];
const ways = { check: runCheck, remeasure: runRemeasure, judge: runJudge, pages: runPages };

enableRelaxedSimd();
const command = new Command("results")
  .description("Measure every shipped model and write what comes out into docs/results.md and the cards.")
  .argument("[models...]", "these alone, and the others' records as they are; all without names")
  .addOption(
    way("check", "write and measure nothing: where do record, cards, documents and model files differ?"),
  )
  .addOption(way("remeasure", "write nothing: does part of the test pictures give what is recorded?"))
  .addOption(way("judge", "measure class agreement alone, of model files whose likelihood is recorded"))
  .addOption(way("pages", "measure nothing: write docs/results.md and the cards from the record"))
  .addOption(
    new Option("--backend <name>", "what computes what is measured").choices(backends).default("wasm"),
  )
  .action(
    async (
      names: string[],
      flags: Partial<Record<keyof typeof ways, boolean>> & { readonly backend: Backend },
    ) => {
      const shipped = await shippedModels(root);
      const unknown = names.find((name) => !shipped.includes(name));
      if (unknown !== undefined) throw new CliError(`expected one of ${shipped.join(", ")}, got ${unknown}`);
      const chosen = (Object.keys(ways) as (keyof typeof ways)[]).find((name) => flags[name]);
      await (chosen === undefined ? runAll : ways[chosen])(names.length > 0 ? names : shipped, flags.backend);
    },
  );

await runScript(command);

function way(name: keyof typeof ways, description: string): Option {
  return new Option(`--${name}`, description).conflicts(Object.keys(ways).filter((other) => other !== name));
}

/** Everything of every model. */
async function runAll(models: readonly string[], backend: Backend): Promise<void> {
  const { measureModel } = await import("./results/measure.ts");
  await checkDatasets(models);
  await chooseBackend(backend);
  const shipped = await shippedModels(root);
  const results: Record<string, Measurement> =
    models.length < shipped.length ? { ...(await readResults(root)) } : {};
  for (const model of models) {
    const measured = await measureModel(root, model);
    results[model] = measured;
    for (const line of linesOf(model, measured)) print(line);
  }
  await writeAll(results);
}

async function runJudge(models: readonly string[], backend: Backend): Promise<void> {
  const { judgeModel } = await import("./results/measure.ts");
  await checkDatasets(models);
  const results: Record<string, Measurement> = { ...(await readResults(root)) };
  const problems = await findStale(root, results);
  if (problems.length > 0) throw new CliError(`${problems.join("\n")}\nrun: pnpm results`);
  await chooseBackend(backend);
  for (const model of models) {
    const classAgreement = await judgeModel(root, model);
    if (classAgreement === null) continue;
    results[model] = { ...results[model]!, classAgreement };
    print(`${model}: ${agreementText(classAgreement)}`);
  }
  await writeAll(results);
}

async function runPages(): Promise<void> {
  await writeAll(await readResults(root));
}

async function checkDatasets(models: readonly string[]): Promise<void> {
  const { hasDataset } = await import("./results/measure.ts");
  for (const model of models) {
    const { provenance } = await readModel(modelFileIn(root, model));
    if (hasDataset(provenance.dataset)) continue;
    throw new CliError(
      `${model}: expected ${provenance.dataset} on this machine, found none; set PIXELCNN_DATA, or run: ` +
        `pnpm --filter cli datasets fetch ${provenance.dataset}`,
    );
  }
}

/** The record, and the pages that show it. */
async function writeAll(results: Results): Promise<void> {
  const pages = await pagesOf(root, results);
  await writeResults(root, results);
  for (const { path, text, current } of pages) {
    if (text === current) continue;
    await writeAtomic(resolve(root, path), current);
    print(`wrote ${path}`);
  }
}

function linesOf(model: string, { test, classAgreement, copies }: Measurement): string[] {
  const { nats, bitsPerDim, images } = test;
  return [
    `${model}: ${nats.toFixed(2)} nats, ${bitsPerDim.toFixed(4)} bits/dim (${images} pictures)`,
    ...(classAgreement === null ? [] : [`${model}: ${agreementText(classAgreement)}`]),
    ...(copies === undefined ? [] : [`${model}: ${copiesText(copies)}`]),
  ];
}

async function runCheck(): Promise<void> {
  const results = await readResults(root);
  const problems = [...(await findStale(root, results)), ...(await findStaleSheets(root))];
  if (problems.length > 0) {
    throw new CliError(
      `${problems.join("\n")}\nrun: pnpm results <model>, or --pages where only a page is wrong, or what is named`,
    );
  }
  print(`${Object.keys(results).length} models: record, cards, pictures and documents fit their files`);
}

async function runRemeasure(models: readonly string[], backend: Backend): Promise<void> {
  const { remeasure } = await import("./results/remeasure.ts");
  const results = Object.fromEntries(
    Object.entries(await readResults(root)).filter(([model]) => models.includes(model)),
  );
  await chooseBackend(backend);
  const problems: string[] = [];
  for await (const { model, nats, recorded, images, copies, agrees } of remeasure(root, results)) {
    if (nats === null) {
      print(`${model}: skipped, since ${results[model]!.dataset} is not on this machine`);
      continue;
    }
    print(`${model}: ${nats.toFixed(4)} nats on ${images} pictures, recorded ${recorded.toFixed(4)}`);
    if (copies !== undefined) print(`${model}: ${copiesText(copies)}`);
    if (!agrees) problems.push(`${model}: expected what is recorded, got another measurement`);
  }
  if (problems.length > 0) throw new CliError(`${problems.join("\n")}\nrun: pnpm results`);
}
