"use client";
/** From logits to probabilities, to a level, to its surprise: one value of four levels, computed by core. */
import { likelihoods } from "@pixelcnn/core";
import { createParser } from "nuqs";
import { Slider } from "../../../components/controls/slider.tsx";
import { TemperatureSlider } from "../../../components/settings/temperature-slider.tsx";
import { parseAsTemperature } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import styles from "./softmax-figure.module.css";

const LEVELS = ["black", "dark grey", "light grey", "white"] as const;
const MOST = 5;

const parseAsLogits = createParser<readonly number[]>({
  parse: (text) => {
    const values = text.split("_").map(Number);
    return values.length === LEVELS.length && values.every((value) => Math.abs(value) <= MOST)
      ? values
      : null;
  },
  serialize: (values) => values.join("_"),
  eq: (a, b) => a.every((value, k) => value === b[k]),
});

const parseAsShare = createParser({
  parse: (text) => (text !== "" && Number(text) >= 0 && Number(text) < 1 ? Number(text) : null),
  serialize: String,
});

const state = {
  logits: parseAsLogits.withDefault([2, 0.5, -1, 1]),
  heat: parseAsTemperature.withDefault(1),
  die: parseAsShare.withDefault(0.6),
};

export function SoftmaxFigure() {
  const [{ logits, heat, die }, setState] = useAddress(state);
  const drawn = likelihoods.categorical.draw(standalone(logits), heat, die);
  return (
    <div className={styles.bench}>
      <div>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Level and its logit</th>
              <th scope="col">Probability</th>
              <th scope="col" className={styles.last}>
                Surprise
              </th>
            </tr>
          </thead>
          <tbody>
            {LEVELS.map((name, k) => (
              <tr key={name} data-drawn={k === drawn}>
                <td>
                  <Slider
                    label={name}
                    value={logits[k]!}
                    minimum={-MOST}
                    maximum={MOST}
                    step={0.5}
                    onChange={(value) =>
                      void setState({ logits: logits.map((old, i) => (i === k ? value : old)) })
                    }
                    describe={(value) => value.toFixed(1).replace("-", "−")}
                  />
                </td>
                <td>
                  <Share value={probabilityOf(logits, k, heat, drawn)} />
                </td>
                <td>
                  <Surprise nats={surpriseOf(logits, k)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.dice}>
        <TemperatureSlider value={heat} onChange={(value) => void setState({ heat: value })} />
        <Slider
          label="Random number"
          value={die}
          minimum={0}
          maximum={0.99}
          step={0.01}
          onChange={(value) => void setState({ die: value })}
          describe={(value) => value.toFixed(2)}
        />
      </div>
      <p className={styles.result} role="status">
        It draws <strong>{LEVELS[drawn]}</strong>.
      </p>
    </div>
  );
}

function Share({ value }: { readonly value: number }) {
  return (
    <span className={styles.share}>
      <svg className={styles.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.whole} width="100" height="10" />
        <rect className={styles.part} width={100 * value} height="10" />
      </svg>
      {value.toFixed(3)}
    </span>
  );
}

function Surprise({ nats }: { readonly nats: number }) {
  return (
    <span className={styles.surprise}>
      <span>{nats.toFixed(2)} nats</span> <span>{(nats / Math.LN2).toFixed(2)} bits</span>
    </span>
  );
}

/** At temperature T the logits are divided by T; at 0 the largest takes all. */
function probabilityOf(logits: readonly number[], level: number, temperature: number, drawn: number): number {
  if (temperature === 0) return level === drawn ? 1 : 0;
  const cooled = logits.map((logit) => logit / temperature);
  return Math.exp(likelihoods.categorical.logProbability(standalone(cooled), level));
}

/** In nats, always at temperature 1: temperature changes drawings, not the model's opinion. */
function surpriseOf(logits: readonly number[], level: number): number {
  return -likelihoods.categorical.logProbability(standalone(logits), level);
}

/** A value that stands alone in its pixel. */
function standalone(logits: readonly number[]) {
  return { logits, offset: 0, levels: logits.length, earlier: [] };
}
