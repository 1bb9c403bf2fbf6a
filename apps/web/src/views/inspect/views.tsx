"use client";
/** The picture and its surprise side by side, with the same pixel marked in both. */
import type { PictureShape } from "@pixelcnn/core";
import { pixelBits } from "@pixelcnn/pictures";
import { useMemo } from "react";
import type { Field, Prediction } from "../../workers/likelihood/prediction.ts";
import { countInside } from "./field-comparison.tsx";
import { HeatLegend } from "./heat-legend.tsx";
import styles from "./inspect.module.css";
import { levelPixels, surprisePixels } from "./picture-pixels.ts";
import { PixelCanvas } from "./pixel-canvas.tsx";
import { likeliestLevel, meanLevel } from "./shares.ts";
import { Totals } from "./totals.tsx";
import type { Look } from "./use-inspect-state.ts";
import type { Reading } from "./use-reading.ts";

type Pixel = readonly [row: number, column: number];

interface ViewsProps {
  readonly picture: PictureShape;
  /** Null while the picture is drawn and read. */
  readonly reading: Reading | null;
  readonly field: Field | null;
  /** What goes on while there is no reading. */
  readonly waitingFor: string;
  readonly pixel: Pixel | null;
  readonly look: Look;
  readonly onHover: (pixel: Pixel | null) => void;
  readonly onChoose: (pixel: Pixel) => void;
}

/** A scale that ends below would make much of little. */
const LEAST_HOTTEST = 1;

export function Views({ picture, reading, waitingFor, field, pixel, look, onHover, onChoose }: ViewsProps) {
  const { levels, prediction } = reading ?? { levels: null, prediction: null };
  const isDrawing = look === "drawing";
  const at = pixel === null ? 0 : pixel[0] * picture.width + pixel[1];
  const shown = useMemo(() => {
    if (levels === null) return null;
    return levelPixels(
      isDrawing && prediction ? undecided(levels, prediction, at, picture) : levels,
      picture,
    );
  }, [levels, picture, isDrawing, prediction, at]);
  const hottest = useMemo(() => {
    if (prediction === null) return LEAST_HOTTEST;
    const { logProbabilities } = prediction;
    let most = LEAST_HOTTEST;
    for (let i = 0; i < picture.height * picture.width; i++) {
      most = Math.max(most, pixelBits(logProbabilities, i, picture.channels));
    }
    return most;
  }, [prediction, picture]);
  const heat = useMemo(
    () => prediction && surprisePixels(prediction.logProbabilities, picture, hottest),
    [prediction, picture, hottest],
  );
  const marks = useMemo(
    () => ({ pixel, field: look === "plain" ? null : field, hiddenFrom: isDrawing ? at + 1 : null }),
    [pixel, field, look, isDrawing, at],
  );
  const heatMarks = useMemo(
    () => ({ pixel, field: null, hiddenFrom: isDrawing ? at : null }),
    [pixel, isDrawing, at],
  );
  const size = `${picture.width} by ${picture.height} pixels`;
  return (
    <>
      <div className={styles.views}>
        <figure className={styles.figure}>
          <PixelCanvas
            pixels={shown}
            size={picture}
            marks={marks}
            label={`The picture, ${size}. Arrow keys move over its pixels.`}
            onHover={onHover}
            onChoose={onChoose}
            hasKeys
          />
          <figcaption className={styles.note}>
            {reading && pixel && field && look !== "plain" && seenText(field, pixel, picture)}
          </figcaption>
        </figure>
        <figure className={styles.figure}>
          <PixelCanvas
            pixels={heat}
            size={picture}
            marks={heatMarks}
            label={`Surprise of each of ${size}, at most ${hottest.toFixed(1)} bits`}
            onHover={onHover}
            onChoose={onChoose}
          />
          <HeatLegend hottest={prediction && hottest} />
        </figure>
      </div>
      <Totals picture={picture} prediction={prediction} waitingFor={waitingFor} />
    </>
  );
}

/** The picture with the mean of what is expected at one position, of colours the likeliest: it is not decided yet. */
function undecided(
  levels: Uint8Array,
  prediction: Prediction,
  at: number,
  picture: PictureShape,
): Float32Array {
  const { channels, levels: K, palette } = picture;
  const expected = palette ? likeliestLevel : meanLevel;
  const shown = Float32Array.from(levels);
  for (let i = at * channels; i < (at + 1) * channels; i++) {
    shown[i] = expected(prediction.distributions.subarray(i * K, (i + 1) * K));
  }
  return shown;
}

function seenText(field: Field, pixel: Pixel, picture: PictureShape): string {
  const earlier = pixel[0] * picture.width + pixel[1];
  const blind = countInside(field.blindSpot, pixel, picture);
  const seen = countInside(field.seen, pixel, picture);
  return `This pixel is predicted from ${seen} of the ${earlier} before it${blind > 0 ? `; ${blind} lie in the blind spot` : ""}.`;
}
