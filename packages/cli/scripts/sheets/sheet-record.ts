/** `models/sheets.json`: of which model file each card's pictures are, and how they were drawn. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomic } from "@pixelcnn/runs";
import * as v from "valibot";

const sheet = v.object({
  /** Of the model file, hex. */
  model: v.string(),
  /** Plain draws at temperature 1, the first of their seed. */
  drawn: v.object({ sha256: v.string(), count: v.number(), seed: v.number() }),
  /** Test pictures, the first of each class or every so many of the set, in the model's levels. */
  real: v.object({
    file: v.string(),
    sha256: v.string(),
    count: v.number(),
    every: v.optional(v.number()),
  }),
});

/** What a card shows. */
export type SheetRecord = v.InferOutput<typeof sheet>;

const recordIn = (root: string) => join(root, "models", "sheets.json");

/** By the model's name. @throws {ValiError} for a file of another shape. */
export async function readSheets(root: string): Promise<Readonly<Record<string, SheetRecord>>> {
  return v.parse(v.record(v.string(), sheet), JSON.parse(await readFile(recordIn(root), "utf8")));
}

export async function writeSheets(
  root: string,
  sheets: Readonly<Record<string, SheetRecord>>,
): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(sheets).sort(([a], [b]) => a.localeCompare(b)));
  await writeAtomic(recordIn(root), `${JSON.stringify(sorted, null, 2)}\n`);
}
