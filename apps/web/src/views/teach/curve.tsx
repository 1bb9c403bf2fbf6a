"use client";
/** Both losses over the steps; the scale is logarithmic, for a training begins far above where it ends. */
import { useIsPhone } from "../../components/controls/use-is-phone.ts";
import type { Measured } from "../../state/teaching/teaching-store.ts";
import { useTeaching } from "../../state/teaching/teaching-store.ts";
import { SamplesOfAll } from "./samples.tsx";
import styles from "./teach.module.css";

const WIDTH = 320;
const HEIGHT = 150;

export function Curve() {
  const training = useTeaching(({ training }) => training);
  const heldOut = useTeaching(({ heldOut }) => heldOut);
  const firstRecognised = useTeaching(({ firstRecognised }) => firstRecognised);
  const isPhone = useIsPhone();
  const all = [...training, ...heldOut];
  const last = Math.max(1, ...all.map(({ step }) => step));
  const logs = all.map(({ nats }) => Math.log(nats));
  const [low, high] = logs.length === 0 ? [0, 1] : [Math.min(...logs) - 0.1, Math.max(...logs) + 0.1];
  const path = (points: readonly Measured[]) =>
    points
      .map(({ step, nats }, i) => {
        const x = (step / last) * WIDTH;
        const y = HEIGHT * (1 - (Math.log(nats) - low) / (high - low));
        return `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
      })
      .join("");
  const [now, unseen] = [training.at(-1), heldOut.at(-1)];
  if (all.length === 0)
    return (
      <div className={styles.empty}>
        <p>How well it learns will be drawn here.</p>
      </div>
    );
  return (
    <figure className={styles.curve}>
      {isPhone && <SamplesOfAll />}
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Surprise in nats over steps: by what it practises on ${said(now)}, by what it never saw ${said(unseen)}`}
      >
        <path className={styles.training} d={path(training)} />
        <path className={styles.heldOut} d={path(heldOut)} />
      </svg>
      <figcaption>
        <dl className={styles.losses}>
          <div>
            <dt data-line="training">What it practises on</dt>
            <dd>{said(now)}</dd>
          </div>
          <div>
            <dt data-line="held-out">What it never saw</dt>
            <dd>{said(unseen)}</dd>
          </div>
          <div className={styles.first}>
            <dt>First recognisable shape</dt>
            <dd>{firstRecognised === null ? "–" : `step ${firstRecognised}`}</dd>
          </div>
        </dl>
      </figcaption>
    </figure>
  );
}

function said(measured: Measured | undefined): string {
  return measured === undefined ? "–" : measured.nats.toFixed(1);
}
