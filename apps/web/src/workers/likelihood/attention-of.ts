/** A picture's attention, read once for all its pixels. Needs core: for the worker. */
import { type Model, PictureAttention } from "@pixelcnn/core";

export interface AttentionOf {
  readonly model: Model;
  readonly levels: Uint8Array;
  readonly label: number | null;
  readonly reading: Promise<PictureAttention>;
}

/** What was read before, where it is of the same picture by the same model; else it is read anew. */
export function attentionOf(
  model: Model,
  levels: Uint8Array,
  label: number | null,
  before: AttentionOf | null,
): AttentionOf {
  const isSame =
    before?.model === model &&
    before.label === label &&
    before.levels.length === levels.length &&
    before.levels.every((level, i) => level === levels[i]);
  if (isSame) return before;
  const reading = PictureAttention.of(model, levels, label === null ? {} : { classLabel: label });
  // Whoever asked hears of it.
  reading.catch(() => {});
  return { model, levels, label, reading };
}
