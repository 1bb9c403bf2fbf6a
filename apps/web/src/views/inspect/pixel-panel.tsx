"use client";
/** Everything about one pixel, in words and charts. */
import type { LikelihoodKind, PictureShape } from "@pixelcnn/core";
import { DistributionChart } from "./distribution-chart.tsx";
import styles from "./inspect.module.css";
import { sharesAt } from "./shares.ts";
import type { Reading } from "./use-reading.ts";

interface PixelPanelProps {
  readonly picture: PictureShape;
  readonly likelihood: LikelihoodKind;
  readonly reading: Reading;
  /** Row and column, from 0. */
  readonly pixel: readonly [number, number];
}

const CHANNELS = ["red", "green", "blue"] as const;

export function PixelPanel({
  picture,
  likelihood,
  reading: { levels, prediction, noise },
  pixel: [row, column],
}: PixelPanelProps) {
  const { width, channels, levels: K, palette } = picture;
  const first = (row * width + column) * channels;
  let bits = 0;
  for (let c = 0; c < channels; c++) bits -= prediction.logProbabilities[first + c]! / Math.LN2;
  return (
    <>
      <div aria-live="polite" aria-atomic="true">
        <h2>
          Row {row + 1}, column {column + 1}
        </h2>
        <p className={styles.note}>
          {describe(bits)}: {bits.toFixed(2)} bits.
        </p>
      </div>
      {Array.from({ length: channels }, (_, c) => {
        const at = first + c;
        const nats = prediction.distributions.subarray(at * K, (at + 1) * K);
        return (
          <DistributionChart
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the channel
            key={c}
            channel={channels === 1 ? null : CHANNELS[c]!}
            probabilities={nats.map(Math.exp)}
            level={levels[at]!}
            palette={palette}
            draw={
              noise && {
                ...noise,
                shares: sharesAt(nats, noise.temperature, likelihood),
                u: noise.numbers[at]!,
              }
            }
          />
        );
      })}
    </>
  );
}

function describe(bits: number): string {
  if (bits < 0.1) return "As expected";
  if (bits < 1) return "Hardly a surprise";
  if (bits < 4) return "A surprise";
  return "A great surprise";
}
