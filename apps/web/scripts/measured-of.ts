/** What `pnpm results` measured of a model, out of models/results.json: the one place that figures on the site come from. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Measured } from "../src/state/models/manifest.ts";

type Results = Readonly<Record<string, { readonly sha256: string; readonly test: Measured }>>;

/** @param model the model file. @param folder holds results.json. @returns null when nothing, or another file, was measured. */
export async function measuredOf(name: string, model: Uint8Array, folder: string): Promise<Measured | null> {
  const results = JSON.parse(await readFile(join(folder, "results.json"), "utf8")) as Results;
  const found = results[name];
  if (found?.sha256 === createHash("sha256").update(model).digest("hex")) return found.test;
  process.stderr.write(`models/results.json has nothing of this ${name}: left out; run pnpm results\n`);
  return null;
}
