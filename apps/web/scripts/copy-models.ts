/** Puts the trained models with what their cards say into public/models/, and an empty list of runs for static hosts. */
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeModelFile, digestText, modelDigest } from "@pixelcnn/core";
import type { Manifest, ManifestEntry } from "../src/state/models/manifest.ts";
import type { RunList } from "../src/state/runs/run-digest.ts";
import { summarise } from "../src/workers/drawing/summarise.ts";
import { classNamesOf } from "./class-names.ts";
import { copyRealPictures } from "./copy-real-pictures.ts";
import { copyTestPictures } from "./copy-test-pictures.ts";
import { measuredOf } from "./measured-of.ts";
import { parseCard } from "./parse-card.ts";
import { takesAnySize } from "./takes-any-size.ts";

const source = fileURLToPath(new URL("../../../models", import.meta.url));
const target = fileURLToPath(new URL("../public/models", import.meta.url));
const runs = fileURLToPath(new URL("../public/runs", import.meta.url));
const SUFFIX = ".safetensors";
/** What is drawn on arrival: it has classes and colours of grey, and everything else comes by how much work it is. */
const FIRST = "glyphs";

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const names = (await readdir(source)).filter((file) => file.endsWith(SUFFIX));
const entries = await Promise.all(names.map(copyModel));
entries.sort(
  (a, b) => Number(b.name === FIRST) - Number(a.name === FIRST) || a.summary.work - b.summary.work,
);
await writeFile(join(target, "manifest.json"), JSON.stringify({ models: entries } satisfies Manifest));
await mkdir(runs, { recursive: true });
await writeFile(join(runs, "index.json"), JSON.stringify({ isLive: false, runs: [] } satisfies RunList));

async function copyModel(file: string): Promise<ManifestEntry> {
  const name = file.slice(0, -SUFFIX.length);
  const bytes = await readFile(join(source, file));
  const card = await readFile(join(source, `${name}.md`), "utf8").catch(() => null);
  await copyFile(join(source, file), join(target, file));
  const model = decodeModelFile(bytes);
  const classNames = model.model.network.classes > 0 ? classNamesOf(model.provenance.dataset) : null;
  const real = await copyRealPictures(name, model.model.network, { source, target });
  const pictures = await copyTestPictures(name, bytes, real?.pictures ?? [], { source, target });
  return {
    name,
    file,
    bytes: bytes.length,
    digest: digestText(modelDigest(model.model)),
    takesAnySize: await takesAnySize(model.model),
    summary: summarise(model),
    ...(classNames !== null && { classNames }),
    card: card === null ? null : parseCard(card),
    measured: await measuredOf(name, bytes, source),
    ...(pictures !== null && { pictures }),
    ...(real !== null && { real: real.row }),
  };
}
