import type { PictureShape } from "@pixelcnn/core";
import type { Prediction } from "../../workers/likelihood/prediction.ts";
import styles from "./inspect.module.css";

interface TotalsProps {
  readonly picture: PictureShape;
  /** Null while the picture is read. */
  readonly prediction: Prediction | null;
  /** What goes on until then. */
  readonly waitingFor: string;
}

/** The likelihood of the whole picture, in the units of the papers. */
export function Totals({ picture, prediction, waitingFor }: TotalsProps) {
  if (prediction === null) return <p className={styles.totals}>{waitingFor}</p>;
  const nats = -prediction.logProbabilities.reduce((sum, value) => sum + value, 0);
  const bits = nats / Math.LN2;
  const perValue = bits / (picture.height * picture.width * picture.channels);
  const { label, classProbability } = prediction;
  return (
    <p className={styles.totals}>
      The whole picture: <strong>{nats.toFixed(1)} nats</strong>, {bits.toFixed(1)} bits,{" "}
      {perValue.toFixed(3)} bits/dim
      {label !== null && `, as class ${label}`}
      {classProbability !== null && `, the likeliest with ${(classProbability * 100).toFixed(0)} %`}.
    </p>
  );
}
