"use client";
/** Over a digit: what one position's head weighs of everything before it, and which of that a window would reach. */
import { useMemo } from "react";
import { Button } from "../../../components/controls/button.tsx";
import { Slider } from "../../../components/controls/slider.tsx";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import { useModel } from "../../../state/models/use-model.ts";
import { usePlayback, usePlaybackSnapshot } from "../../../state/playback/use-playback.ts";
import { ByteCanvas } from "../parts/byte-canvas.tsx";
import styles from "./attention-figure.module.css";
import { toyAttention } from "./attention-toy.ts";

const MODEL = "mnist-binary";
const SIDE = 28;
const TOTAL = SIDE * SIDE;
const DIGITS = 1000;
/** Of the window that is compared with: 7×7, as the first layer of the networks above. */
const REACH = 3;
/** Lighter than this beside the heaviest is not painted: the eye would not see it. */
const FAINTEST = 0.02;

const state = {
  asks: parseAsWhole(1, TOTAL).withDefault(440),
  strict: parseAsWhole(0, 8).withDefault(3),
  asked: parseAsWhole(0, DIGITS - 1).withDefault(2),
};

export function AttentionFigure() {
  const [{ asks, strict, asked }, setState] = useAddress(state);
  const { entry, problem } = useModel(MODEL);
  const request = useMemo(
    () => ({ count: 1, seed: asked, temperature: 1, labels: null, logProbabilities: false }),
    [asked],
  );
  const playback = usePlayback(entry, request, { pace: "whole" });
  const { error } = usePlaybackSnapshot(playback);
  const bits = playback?.shown === TOTAL ? playback.pixels : null;
  const bytes = useMemo(() => bits?.map((level) => level * 255) ?? null, [bits]);
  const at = asks - 1;
  const weights = useMemo(() => bits && toyAttention(bits, SIDE, at, strict), [bits, at, strict]);
  return (
    <div className={styles.bench}>
      <div
        className={styles.picture}
        role="img"
        aria-label={`A digit up to pixel ${asks}, and what it weighs`}
      >
        <ByteCanvas bytes={bytes} width={SIDE} height={SIDE} shown={at} />
        <svg className={styles.over} viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true">
          {weights && <Weighed weights={weights} />}
          <path className={styles.window} d={windowOf(at)} />
          <rect className={styles.here} x={columnOf(at)} y={rowOf(at)} width="1" height="1" />
        </svg>
      </div>
      <div className={styles.side}>
        <Slider
          label="The pixel that asks"
          value={asks}
          minimum={1}
          maximum={TOTAL}
          step={1}
          onChange={(value) => void setState({ asks: value })}
          describe={(value) => `${value} of ${TOTAL}`}
        />
        <Slider
          label="How strictly it compares"
          value={strict}
          minimum={0}
          maximum={8}
          step={1}
          onChange={(value) => void setState({ strict: value })}
        />
        <p className={styles.words}>
          {problem ?? error ?? (bits && weights ? sentences(bits, weights, at) : "Drawing…")}
        </p>
        <Button onClick={() => void setState({ asked: (asked + 1) % DIGITS })}>Ask another digit</Button>
      </div>
    </div>
  );
}

/** A quarter of the heaviest weight gets half its colour. */
function Weighed({ weights }: { readonly weights: Float64Array }) {
  const most = Math.max(...weights);
  return [...weights.entries()].map(
    ([i, weight]) =>
      weight > FAINTEST * most && (
        <rect
          key={i}
          className={styles.weighed}
          x={columnOf(i)}
          y={rowOf(i)}
          width="1"
          height="1"
          fillOpacity={Math.sqrt(weight / most).toFixed(2)}
        />
      ),
  );
}

function sentences(bits: ArrayLike<number>, weights: Float64Array, at: number): string {
  const place = `Row ${rowOf(at) + 1}, column ${columnOf(at) + 1}`;
  if (at === 0) return `${place}: nothing is before it, and attention brings back nothing.`;
  let near = 0;
  let within = 0;
  let white = 0;
  for (let q = 0; q < at; q++) {
    white += weights[q]! * bits[q]!;
    if (Math.abs(rowOf(at) - rowOf(q)) > REACH || Math.abs(columnOf(at) - columnOf(q)) > REACH) continue;
    near++;
    within += weights[q]!;
  }
  return (
    `${place} asks all ${at} pixels before it. A 7×7 window would read ${near} of them, which have ${percent(within)} of the ` +
    `weight; ${percent(1 - within)} lies beyond. What comes back: ${percent(white)} white, from where it looked like here.`
  );
}

/** Around what a masked window reads: the rows above, and what is left in the row. */
function windowOf(at: number): string {
  const [row, column] = [rowOf(at), columnOf(at)];
  const [top, left, right] = [
    Math.max(0, row - REACH),
    Math.max(0, column - REACH),
    Math.min(SIDE, column + REACH + 1),
  ];
  return `M${left} ${top}H${right}V${row}H${column}V${row + 1}H${left}Z`;
}

const rowOf = (position: number) => Math.floor(position / SIDE);
const columnOf = (position: number) => position % SIDE;
const percent = (share: number) => `${(100 * share).toFixed(0)}%`;
