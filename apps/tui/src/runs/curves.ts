/** The curves of a run that can be charted, over its steps. */
import { dimensionsOf } from "@pixelcnn/runs/history";
import type { StepFigure } from "./thinned-steps.ts";
import type { ToldHistory } from "./told-history.ts";

export const curveKinds = ["nats", "bits/dim", "gradient norm", "learning rate", "pictures/s"] as const;
export type CurveKind = (typeof curveKinds)[number];

/** What a kind is read from, beside nats. */
const figures: Readonly<Record<Exclude<CurveKind, "nats" | "bits/dim">, StepFigure>> = {
  "gradient norm": "gradientNorm",
  "learning rate": "learningRate",
  "pictures/s": "imagesPerSecond",
};

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

/** How much a smoothed curve keeps of itself from record to record. */
export const smoothings = [0, 0.6, 0.9, 0.97] as const;

/** Training (smoothed) and test curve, or the one curve of another kind. A learning rate is never smoothed: it has no noise. */
export function curvesOf(history: ToldHistory, kind: CurveKind, smoothing: number): Curve[] {
  if (kind !== "nats" && kind !== "bits/dim") {
    const keep = kind === "learning rate" ? 0 : smoothing;
    return [{ name: kind, points: smoothed(history, figures[kind], keep, 1) }];
  }
  const dimensions = dimensionsOf(history);
  const unit = kind === "nats" ? 1 : dimensions === null ? null : dimensions * Math.LN2;
  if (unit === null) return [];
  const test = history.evaluations.flatMap(({ step, test: { nats } }) =>
    nats === null ? [] : [{ x: step, y: nats / unit }],
  );
  return [
    { name: "train", points: smoothed(history, "nats", smoothing, unit) },
    { name: "test", points: test },
  ];
}

function smoothed({ steps }: ToldHistory, figure: StepFigure, keep: number, unit: number): readonly Point[] {
  const points = steps.points.flatMap(({ step, ...point }) => {
    const value = point[figure];
    return value === null ? [] : [{ x: step, y: value / unit }];
  });
  return smooth(points, keep ** steps.stride);
}

/** Exponential moving average, corrected for its start. */
export function smooth(points: readonly Point[], keep: number): readonly Point[] {
  if (keep === 0) return points;
  let mean = 0;
  let weight = 0;
  return points.map(({ x, y }) => {
    mean = keep * mean + (1 - keep) * y;
    weight = keep * weight + (1 - keep);
    return { x, y: mean / weight };
  });
}
