/**
 * Figures that documents quote in passing: where a paragraph, an item or a row of a table names one shipped model, its weights, nats and bits/dim are those that were
 * measured, to as many digits as are quoted. A figure of something else (a paper's, another training's) stands where no model is named, or has no such unit.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Measurement, Results } from "./record.ts";

/** Between them a name holds for its figures. */
const BLOCKS = /\n\s*\n|\n(?=\||[-*] |\d+\. )/;
const FIGURE = /(\d[\d,.]*\d|\d) (weights|nats|bits\/dim)/g;

/** Documents that may quote, as paths below the root: the README, docs/, and the READMEs of all rooms. */
export async function quotingDocuments(root: string): Promise<string[]> {
  const folders = await Promise.all(
    ["apps", "packages", "interop"].map(async (folder) =>
      (await readdir(join(root, folder)).catch(() => [])).map((name) => `${folder}/${name}/README.md`),
    ),
  );
  const docs = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md"));
  const candidates = ["README.md", ...docs.map((name) => `docs/${name}`), ...folders.flat()];
  const texts = await Promise.all(candidates.map((path) => readFile(join(root, path)).catch(() => null)));
  return candidates.filter((_, i) => texts[i] !== null);
}

/** A line for every quoted figure that was not measured. */
export function findMisquoted(path: string, text: string, results: Results): string[] {
  return text.split(BLOCKS).flatMap((block) => {
    const named = Object.entries(results).filter(([model]) => names(block, model));
    if (named.length !== 1) return [];
    const [model, measured] = named[0]!;
    return [...block.matchAll(FIGURE)].flatMap(([quoted, figure, unit]) => {
      const right = asQuoted(measured, figure!, unit!);
      return right === figure ? [] : [`${path}: expected ${right} ${unit} of ${model}, got ${quoted}`];
    });
  });
}

/** `mnist`, `models/mnist` or the path of its file or card. */
function names(block: string, model: string): boolean {
  const name = model.replaceAll(/[.+]/g, "\\$&");
  return new RegExp(`\`(models/)?${name}(\\.safetensors|\\.md)?\``).test(block);
}

/** The measured figure, written as the quoted one is. */
function asQuoted({ weights, test }: Measurement, figure: string, unit: string): string {
  if (unit === "weights") return figure.includes(",") ? weights.toLocaleString("en") : String(weights);
  const digits = figure.split(".")[1]?.length ?? 0;
  return (unit === "nats" ? test.nats : test.bitsPerDim).toFixed(digits);
}
