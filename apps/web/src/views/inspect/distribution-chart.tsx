"use client";
import type { Palette } from "@pixelcnn/core/data";
import styles from "./distribution-chart.module.css";
/**
 * What was expected of one value: a bar a level, and, where the picture was drawn here, the same probabilities end to end with the
 * random number that chose among them.
 */
import { levelColour } from "./level-colour.ts";

interface DistributionChartProps {
  /** "Red"; null for a grey picture. */
  readonly channel: "red" | "green" | "blue" | null;
  /** [K], adding up to 1. */
  readonly probabilities: ArrayLike<number>;
  /** The level that the picture has. Null while it is open. */
  readonly level: number;
  /** How it was drawn; null for a picture from elsewhere. */
  readonly draw: Draw | null;
  /** The colours that the levels number, of a model that has them. */
  readonly palette?: Palette | undefined;
}

interface Draw {
  readonly temperature: number;
  /** Of each level at that temperature; null where they are not known. */
  readonly shares: readonly number[] | null;
  /** The random number. */
  readonly u: number;
}

const HEIGHT = 64;
/** Units of the drawing: what is nearly impossible still has a bar. */
const LOWEST = 0.75;

export function DistributionChart({ channel, probabilities, level, draw, palette }: DistributionChartProps) {
  const K = probabilities.length;
  const bits = -Math.log2(probabilities[level]!);
  const step = 100 / K;
  const gap = K > 64 ? 0 : step * 0.12;
  const full = fullScale(probabilities);
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        {channel !== null && <strong className={styles.channel}>{channel} </strong>}
        {channel === null && (palette === undefined ? "Brightness " : "Colour ")}
        {level} of 0–{K - 1}. The model gave it{" "}
        <span className={styles.figure}>{percent(probabilities[level]!)}:</span>{" "}
        <strong>{bits.toFixed(2)} bits</strong> of surprise
      </figcaption>
      <p className={styles.scale}>{scaleText(full)}</p>
      <svg
        className={styles.bars}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={describe(probabilities)}
      >
        {Array.from(probabilities as ArrayLike<number>, (probability, k) => {
          const height = Math.max(LOWEST, (probability / full) * HEIGHT);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the level
              key={k}
              className={k === level ? styles.own : styles.bar}
              x={k * step + gap / 2}
              y={HEIGHT - height}
              width={step - gap}
              height={height}
            />
          );
        })}
      </svg>
      <svg className={styles.levels} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {Array.from({ length: K }, (_, k) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the level
            key={k}
            x={k * step + gap / 2}
            y={0}
            width={step - gap}
            height={6}
            fill={levelColour(k, K, channel, palette)}
          />
        ))}
      </svg>
      {draw !== null && <DrawStrip {...draw} channel={channel} level={level} palette={palette} />}
    </figure>
  );
}

interface DrawStripProps extends Draw {
  readonly channel: DistributionChartProps["channel"];
  readonly level: number;
  readonly palette: DistributionChartProps["palette"];
}

/** Each level takes its share of 0 … 1; the random number falls into one of them. */
function DrawStrip({ temperature, shares, u, channel, level, palette }: DrawStripProps) {
  let from = 0;
  if (shares === null)
    return (
      <p className={styles.note}>
        It was drawn at temperature {temperature}, where the levels have other shares than these. The random
        number {u.toFixed(3)} fell into level {level}.
      </p>
    );
  return (
    <>
      <svg
        className={styles.strip}
        viewBox="0 0 100 14"
        preserveAspectRatio="none"
        role="img"
        aria-label={`The random number ${u.toFixed(3)} falls into the share of level ${level}`}
      >
        {shares.map((share, k) => {
          const x = from * 100;
          from += share;
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the level
              key={k}
              x={x}
              y={4}
              width={share * 100}
              height={10}
              fill={levelColour(k, shares.length, channel, palette)}
            />
          );
        })}
        <rect className={styles.marker} x={u * 100 - 0.5} y={0} width={1} height={14} />
      </svg>
      <p className={styles.note}>
        {temperature === 1
          ? "The same shares end to end."
          : `Drawn at temperature ${temperature}: what the model gave, ${temperature < 1 ? "sharpened" : "flattened"}, end to end.`}{" "}
        The random number {u.toFixed(3)} fell into level {level}.
      </p>
    </>
  );
}

/** The probability that is as high as the chart: the least of 1, 0.5, 0.2, 0.1, … that no level exceeds. Of many levels none has much. */
function fullScale(probabilities: ArrayLike<number>): number {
  const highest = Array.from(probabilities).reduce((most, one) => Math.max(most, one), 0);
  const unit = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((digit) => digit * unit).find((full) => full >= highest) ?? 1;
}

/** "Full height: 5 %". */
function scaleText(full: number): string {
  return `Full height: ${Number((full * 100).toPrecision(1))} %`;
}

function percent(probability: number): string {
  if (probability > 0.9995) return "99.9 % or more";
  if (probability < 0.0005) return "less than 0.1 %";
  return `${(probability * 100).toFixed(1)} %`;
}

function describe(probabilities: ArrayLike<number>): string {
  const most = Array.from(probabilities, (probability, level) => ({ probability, level }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, 4);
  return `Most expected: ${most.map(({ level, probability }) => `level ${level} ${percent(probability)}`).join(", ")}`;
}
