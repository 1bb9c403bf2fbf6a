"use client";
/** What other architectures would see from the same pixel. */
import type { PictureShape } from "@pixelcnn/core";
import { useMemo } from "react";
import type { Field } from "../../workers/likelihood/prediction.ts";
import styles from "./inspect.module.css";
import { levelPixels } from "./picture-pixels.ts";
import { PixelCanvas } from "./pixel-canvas.tsx";

interface FieldComparisonProps {
  readonly fields: readonly Field[];
  readonly picture: PictureShape;
  /** [H, W, C] */
  readonly levels: Uint8Array;
  readonly pixel: readonly [number, number];
}

const names = {
  model: "this model",
  naive: "Naive, eight 7×7 layers",
  pixelcnn: "PixelCNN, seven blocks",
  gated: "Gated PixelCNN, six blocks",
  "row-lstm": "Row LSTM, one layer",
  "diagonal-bilstm": "Diagonal BiLSTM, one layer",
} as const;

export function FieldComparison({ fields, picture, levels, pixel }: FieldComparisonProps) {
  const pixels = useMemo(() => levelPixels(levels, picture), [levels, picture]);
  return (
    <section className={styles.comparison} aria-labelledby="fields-title">
      <div>
        <h2 id="fields-title">What other networks would see</h2>
        <p className={styles.note}>
          Clear pixels reach the prediction, veiled ones do not. Hatched is what was drawn before, near
          enough, and is still unseen: the blind spot of a stack of masked kernels, which cannot look back to
          the right. Two stacks can. A layer of cells that remember sees a triangle up to the first row, or
          everything.
        </p>
      </div>
      <div className={styles.fields}>
        {fields
          .filter(({ network }) => network !== "model")
          .map((field) => {
            const blind = countInside(field.blindSpot, pixel, picture);
            const text =
              `sees ${countInside(field.seen, pixel, picture)} of ${earlier(pixel, picture)} earlier pixels, ` +
              (blind === 0
                ? "no blind spot"
                : `${blind} ${field.network === "row-lstm" ? "beside its triangle" : "in the blind spot"}`);
            return (
              <figure key={field.network} className={styles.field}>
                <PixelCanvas
                  pixels={pixels}
                  size={pixels}
                  marks={{ pixel, field, hiddenFrom: null }}
                  label={`${names[field.network]}: ${text}`}
                />
                <figcaption>
                  <strong>{names[field.network]}</strong> {text}
                </figcaption>
              </figure>
            );
          })}
      </div>
    </section>
  );
}

function earlier([row, column]: readonly [number, number], { width }: PictureShape): number {
  return row * width + column;
}

export function countInside(
  places: Field["seen"],
  [row, column]: readonly [number, number],
  { width, height }: { readonly width: number; readonly height: number },
): number {
  return places.filter(([dy, dx]) => {
    const [y, x] = [row + dy, column + dx];
    return y >= 0 && y < height && x >= 0 && x < width;
  }).length;
}
