"use client";
/** Two humps, and the probabilities of all levels that follow from them, computed by core. */
import { likelihoods } from "@pixelcnn/core";
import { useMemo } from "react";
import { Slider } from "../../../components/controls/slider.tsx";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import styles from "./mixture-figure.module.css";

const LEVELS = 256;
const HALF = (LEVELS - 1) / 2;
const WIDTH = 512;
const HEIGHT = 120;
const MOST_SPREAD = 40;

const parseAsLevel = parseAsWhole(0, LEVELS - 1);
const parseAsSpread = parseAsWhole(1, MOST_SPREAD);

const state = {
  mean1: parseAsLevel.withDefault(70),
  spread1: parseAsSpread.withDefault(6),
  mean2: parseAsLevel.withDefault(180),
  spread2: parseAsSpread.withDefault(14),
  /** Of the first, in percent. */
  part: parseAsWhole(1, 99).withDefault(40),
};

export function MixtureFigure() {
  const [{ mean1, spread1, mean2, spread2, part }, setState] = useAddress(state);
  const shares = useMemo(
    () => probabilities([mean1, mean2], [spread1, spread2], [part, 100 - part]),
    [mean1, mean2, spread1, spread2, part],
  );
  const most = Math.max(...shares);
  const likeliest = shares.indexOf(most);
  return (
    <div className={styles.bench}>
      <svg
        className={styles.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Probabilities of ${LEVELS} levels; the likeliest is level ${likeliest}`}
      >
        <path className={styles.levels} d={barsOf(shares, most)} />
      </svg>
      <div className={styles.axis} aria-hidden="true">
        <span>black, 0</span>
        <span>white, {LEVELS - 1}</span>
      </div>
      <div className={styles.sliders}>
        <Level label="Middle of the first" value={mean1} onChange={(mean1) => void setState({ mean1 })} />
        <Level label="Middle of the second" value={mean2} onChange={(mean2) => void setState({ mean2 })} />
        <Spread
          label="Breadth of the first"
          value={spread1}
          onChange={(spread1) => void setState({ spread1 })}
        />
        <Spread
          label="Breadth of the second"
          value={spread2}
          onChange={(spread2) => void setState({ spread2 })}
        />
        <Slider
          label="Share of the first"
          value={part}
          minimum={1}
          maximum={99}
          step={1}
          onChange={(part) => void setState({ part })}
          describe={(value) => `${value}%`}
        />
      </div>
      <p role="status">
        The likeliest is level {likeliest}, with {(100 * most).toFixed(1)}%.
      </p>
    </div>
  );
}

interface HumpSliderProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Level(props: HumpSliderProps) {
  return <Slider {...props} minimum={0} maximum={LEVELS - 1} step={1} />;
}

function Spread(props: HumpSliderProps) {
  return <Slider {...props} minimum={1} maximum={MOST_SPREAD} step={1} />;
}

/** Of all levels. @param means in levels. @param spreads in levels. @param weights of any sum. */
function probabilities(
  means: readonly number[],
  spreads: readonly number[],
  weights: readonly number[],
): number[] {
  const logits = [
    ...weights.map(Math.log),
    ...means.map((mean) => mean / HALF - 1),
    ...spreads.map((spread) => Math.log(spread / HALF)),
  ];
  const cdf = likelihoods.mixture(means.length).cdf({
    logits,
    offset: 0,
    levels: LEVELS,
    earlier: [],
  });
  return Array.from({ length: LEVELS }, (_, level) => cdf(level) - cdf(level - 1));
}

/** A bar a level, side by side, the highest as high as the plot. */
function barsOf(shares: readonly number[], most: number): string {
  const width = WIDTH / LEVELS;
  const tops = shares.map((share) => `V${(HEIGHT * (1 - share / most)).toFixed(1)}h${width}`);
  return `M0 ${HEIGHT}${tops.join("")}V${HEIGHT}Z`;
}
