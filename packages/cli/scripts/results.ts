/**
 * `pnpm results`: measures every model in `models/` on the real test pictures (PIXELCNN_DATA says where they lie), records that in
 * models/results.json, and rewrites the table of docs/results.md and the cards from it. `--check` changes nothing.
 */
import { resolve } from "node:path";
import { BackendError, chooseBackend, enableRelaxedSimd } from "@pixelcnn/backends";
import { PixelCnnError } from "@pixelcnn/core";
import { DatasetsError } from "@pixelcnn/datasets";
import { writeAtomic } from "@pixelcnn/runs";
import { Command } from "commander";
import { CliError } from "../src/cli-error.ts";
import { packageRoot } from "../src/package-root.ts";
import { readModel } from "../src/read-model.ts";
import { findStale, remeasure } from "./results/check.ts";
import { hasDataset, measureModel } from "./results/measure.ts";
import { pagesOf } from "./results/pages.ts";
import { type Measurement, modelFileIn, readResults, shippedModels, writeResults } from "./results/record.ts";

const root = resolve(packageRoot, "../..");
const print = (line: string) => process.stdout.write(`${line}\n`);

enableRelaxedSimd();
const command = new Command("results")
  .description("Measure every shipped model and write what comes out into docs/results.md and the cards.")
  .argument("[models...]", "measure these alone and leave the others' records as they are; all without names")
  .option("--check", "measure only part of the test pictures, and say where record and pages differ from it")
  .action(async (names: string[], { check = false }: { check?: boolean }) =>
    check ? runCheck() : run(names),
  );

try {
  await command.parseAsync();
} catch (error) {
  const known = [BackendError, CliError, DatasetsError, PixelCnnError];
  if (!known.some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function run(names: readonly string[]): Promise<void> {
  const shipped = await shippedModels(root);
  const unknown = names.find((name) => !shipped.includes(name));
  if (unknown !== undefined) throw new CliError(`expected one of ${shipped.join(", ")}, got ${unknown}`);
  const models = names.length > 0 ? names : shipped;
  for (const model of models) {
    const { provenance } = await readModel(modelFileIn(root, model));
    if (!hasDataset(provenance.dataset)) {
      throw new CliError(
        `${model}: expected ${provenance.dataset} on this machine, found none; set PIXELCNN_DATA, or run: ` +
          `pnpm --filter cli datasets fetch ${provenance.dataset}`,
      );
    }
  }
  await chooseBackend("wasm");
  const results: Record<string, Measurement> = names.length > 0 ? { ...(await readResults(root)) } : {};
  for (const model of models) {
    const measured = await measureModel(root, model);
    results[model] = measured;
    const { test, classAgreement } = measured;
    print(
      `${model}: ${test.nats.toFixed(2)} nats, ${test.bitsPerDim.toFixed(4)} bits/dim (${test.images} pictures)` +
        (classAgreement === null ? "" : `, class agreement ${(100 * classAgreement.agreement).toFixed(1)}%`),
    );
  }
  const pages = await pagesOf(root, results);
  await writeResults(root, results);
  for (const { path, text, current } of pages) {
    if (text === current) continue;
    await writeAtomic(resolve(root, path), current);
    print(`wrote ${path}`);
  }
}

async function runCheck(): Promise<void> {
  const results = await readResults(root);
  const problems = await findStale(root, results);
  await chooseBackend("wasm");
  for await (const { model, nats, recorded, images, agrees } of remeasure(root, results)) {
    if (nats === null) print(`${model}: skipped, since ${results[model]!.dataset} is not on this machine`);
    else print(`${model}: ${nats.toFixed(4)} nats on ${images} pictures, recorded ${recorded.toFixed(4)}`);
    if (nats !== null && !agrees) problems.push(`${model}: expected the recorded nats, got others`);
  }
  if (problems.length > 0) throw new CliError(`${problems.join("\n")}\nrun: pnpm results`);
}
