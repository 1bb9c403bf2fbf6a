"use client";
/** What passes a gate: two numbers in, one out. */
import { createParser } from "nuqs";
import { Slider } from "../../../components/controls/slider.tsx";
import { useAddress } from "../../../state/address/use-address.ts";
import styles from "./gate-figure.module.css";

const MOST = 4;

const parseAsLogit = createParser({
  parse: (text) => (/^-?\d(\.\d)?$/.test(text) && Math.abs(Number(text)) <= MOST ? Number(text) : null),
  serialize: String,
});

const state = { found: parseAsLogit.withDefault(2), open: parseAsLogit.withDefault(1) };

export function GateFigure() {
  const [{ found, open }, setState] = useAddress(state);
  const what = Math.tanh(found);
  const share = 1 / (1 + Math.exp(-open));
  return (
    <div className={styles.bench}>
      <div className={styles.sliders}>
        <Slider
          label="What was found, f"
          value={found}
          minimum={-MOST}
          maximum={MOST}
          step={0.1}
          onChange={(value) => void setState({ found: rounded(value) })}
          describe={said}
        />
        <Slider
          label="How far the gate is open, g"
          value={open}
          minimum={-MOST}
          maximum={MOST}
          step={0.1}
          onChange={(value) => void setState({ open: rounded(value) })}
          describe={said}
        />
      </div>
      <dl className={styles.bars}>
        <Bar name="tanh(f)" value={what} />
        <Bar name="σ(g)" value={share} />
        <Bar name="y" value={what * share} />
      </dl>
      <p role="status">
        {Math.round(100 * share)}% goes on: the next layer reads {said(what * share)}.
      </p>
    </div>
  );
}

/** From −1 to 1, with 0 in the middle. */
function Bar({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <svg className={styles.bar} viewBox="-100 0 200 10" preserveAspectRatio="none" aria-hidden="true">
          <rect className={styles.ground} x="-100" width="200" height="10" />
          <rect
            className={styles.part}
            x={Math.min(0, 100 * value)}
            width={Math.abs(100 * value)}
            height="10"
          />
          <path className={styles.middle} d="M0 0v10" />
        </svg>
        {value.toFixed(2).replace("-", "−")}
      </dd>
    </div>
  );
}

function said(value: number): string {
  return value.toFixed(1).replace("-", "−");
}

/** Steps of a tenth do not add up exactly. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
