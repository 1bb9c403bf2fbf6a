/** A visitor of Complete, and what core makes of the same drawing. */
import { predict } from "@pixelcnn/core";
import type { Page } from "playwright-core";
import { unpackLevels } from "../../src/components/pictures/pack-levels.ts";
import { quantiles } from "../../src/views/complete/use-class-mix.ts";
import { classProbabilities } from "../../src/workers/likelihood/class-probabilities.ts";
import { drawnByCore } from "./core-pictures.ts";
import { loadedModel } from "./loaded-model.ts";

/** The drawing in the address, [H, W]. */
export async function linkedDrawing(page: Page, model: string): Promise<Uint8Array> {
  const { picture } = (await loadedModel(model)).network;
  const text = new URL(page.url()).searchParams.get("drawing");
  const levels = text === null ? null : unpackLevels(text, picture);
  if (levels === null) throw new Error(`expected a drawing in the address ${page.url()}`);
  return levels;
}

interface Completed {
  readonly levels: Uint8Array;
  readonly rows: number;
  readonly seed: number;
  readonly count: number;
  /** Left out for a model without classes, and to let the kept rows decide. */
  readonly classLabel?: number;
}

/** Bytes of all completions, as `wallBytes` reads them from the page. */
export async function completedByCore(
  name: string,
  { levels, rows, seed, count, classLabel }: Completed,
): Promise<number[]> {
  const model = await loadedModel(name);
  const { picture, classes } = model.network;
  const kept = rows * picture.width;
  const mask = new Uint8Array(levels.length).fill(1, 0, kept);
  const labels = classLabel ?? quantiles(await classesOf(levels, kept, model), count);
  return drawnByCore(name, {
    seed,
    count,
    known: { levels, mask },
    ...(classes > 0 && { classLabel: labels }),
  });
}

async function classesOf(
  levels: Uint8Array,
  kept: number,
  model: Awaited<ReturnType<typeof loadedModel>>,
): Promise<number[]> {
  const nats: number[] = [];
  for (let classLabel = 0; classLabel < model.network.classes; classLabel++) {
    const distributions = await predict(model, levels, { classLabel });
    const K = model.network.picture.levels;
    let sum = 0;
    for (let i = 0; i < kept; i++) sum += distributions[i * K + levels[i]!]!;
    nats.push(sum);
  }
  return classProbabilities(nats);
}
