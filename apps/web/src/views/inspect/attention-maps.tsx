"use client";
/** Where a pixel looked: for every head of every attention the picture, and on it what earlier pixels weighed. Nothing of a model without attention. */
import type { AttentionMap, PictureShape } from "@pixelcnn/core";
import { useMemo } from "react";
import { type Question, useLikelihood } from "../../state/likelihood/use-likelihood.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import styles from "./attention-maps.module.css";
import { attentionPixels, mostLookedAt } from "./attention-pixels.ts";
import type { Pixels } from "./paint-pixels.ts";
import { levelPixels } from "./picture-pixels.ts";
import { PixelCanvas } from "./pixel-canvas.tsx";
import type { Reading } from "./use-reading.ts";

type Pixel = readonly [row: number, column: number];

interface AttentionMapsProps {
  readonly entry: ModelEntry;
  readonly picture: PictureShape;
  readonly reading: Reading;
  readonly pixel: Pixel;
  readonly onChoose: (pixel: Pixel) => void;
}

export function AttentionMaps({ entry, picture, reading, pixel, onChoose }: AttentionMapsProps) {
  const { levels, prediction } = reading;
  const { label } = prediction;
  const [row, column] = pixel;
  const { value: maps, problem } = useLikelihood(
    useMemo<Question<AttentionMap[]>>(
      () => ({ entry, ask: (engine) => engine.attention(entry.id, levels, label, [row, column]) }),
      [entry, levels, label, row, column],
    ),
  );
  const shown = useMemo(() => levelPixels(levels, picture), [levels, picture]);
  if (problem !== null) return <p role="alert">{problem}</p>;
  // Of a model before this one: another size.
  const isOfPicture = maps?.every(({ weights }) => weights.length === picture.height * picture.width);
  if (maps === null || maps.length === 0 || !isOfPicture) return null;
  return (
    <section className={styles.maps} aria-label="Where this pixel looked">
      <h2>Where this pixel looked</h2>
      <p>
        Attention asks all pixels before this one at once. Every head has a question of its own: bright is
        what it took its answer from.
      </p>
      <div className={styles.heads}>
        {namesOf(maps).map((name, i) => (
          <Head
            key={name}
            name={name}
            weights={maps[i]!.weights}
            shown={shown}
            pixel={pixel}
            onChoose={onChoose}
          />
        ))}
      </div>
    </section>
  );
}

interface HeadProps {
  readonly name: string;
  readonly weights: Float32Array;
  readonly shown: Pixels;
  readonly pixel: Pixel;
  readonly onChoose: (pixel: Pixel) => void;
}

function Head({ name, weights, shown, pixel, onChoose }: HeadProps) {
  const pixels = useMemo(() => attentionPixels(shown, weights), [shown, weights]);
  const marks = useMemo(() => ({ pixel, field: null, hiddenFrom: null }), [pixel]);
  const text = sentence(weights, shown.width);
  return (
    <figure>
      <PixelCanvas
        pixels={pixels}
        size={shown}
        marks={marks}
        label={`${name}: ${text}`}
        onChoose={onChoose}
      />
      <figcaption>
        <strong>{name}</strong>
        <span>{text}</span>
      </figcaption>
    </figure>
  );
}

function sentence(weights: Float32Array, width: number): string {
  const most = mostLookedAt(weights, width);
  if (most === null) return "nothing is before this pixel";
  return `most at row ${most.row + 1}, column ${most.column + 1}: ${(100 * most.share).toFixed(0)}%`;
}

/** Attention is counted from the picture on; nodes may have any names. */
function namesOf(maps: readonly AttentionMap[]): string[] {
  const nodes = [...new Set(maps.map(({ node }) => node))];
  return maps.map(({ node, head }) => `Attention ${nodes.indexOf(node) + 1}, head ${head + 1}`);
}
