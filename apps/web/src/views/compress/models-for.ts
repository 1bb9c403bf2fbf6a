import type { ModelEntry } from "../../state/models/model-entry.ts";
import { useModels } from "../../state/models/model-store.ts";
import type { StoredPicture } from "../../workers/compression/compressed.ts";
import { shapesKeeping } from "../../workers/compression/compression-worker.ts";

/** The models besides one, of those that are known by now, which compress a picture without losing something of it. */
export async function modelsFor(picture: StoredPicture, besides: ModelEntry): Promise<readonly ModelEntry[]> {
  const sized = (useModels.getState().models ?? []).flatMap((entry) => {
    const shape = entry.summary?.picture;
    if (shape === undefined || entry === besides) return [];
    const isOfThisSize = shape.height === picture.height && shape.width === picture.width;
    return isOfThisSize || entry.takesAnySize === true ? [{ entry, shape }] : [];
  });
  const shapes = sized.map(({ shape }) => shape);
  const keeps = await shapesKeeping(picture, shapes).catch(() => []);
  return sized.filter((_, i) => keeps[i]).map(({ entry }) => entry);
}
