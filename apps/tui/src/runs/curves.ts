/** The curves of a run that can be charted, over its steps. */
import { dimensionsOf, type RunHistory } from "@pixelcnn/runs/history";

export const curveKinds = ["nats", "bits/dim", "learning rate", "pictures/s"] as const;
export type CurveKind = (typeof curveKinds)[number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

/** How much a smoothed curve keeps of itself from point to point. */
export const smoothings = [0, 0.6, 0.9, 0.97] as const;

/** Training (smoothed) and test curve, or the one curve of another kind. */
export function curvesOf(history: RunHistory, kind: CurveKind, smoothing: number): Curve[] {
  const { steps, evaluations } = history;
  if (kind === "learning rate") {
    return [{ name: kind, points: steps.map(({ step, learningRate }) => ({ x: step, y: learningRate })) }];
  }
  if (kind === "pictures/s") {
    const points = steps.map(({ step, imagesPerSecond }) => ({ x: step, y: imagesPerSecond }));
    return [{ name: kind, points: smooth(points, smoothing) }];
  }
  const dimensions = dimensionsOf(history);
  const unit = kind === "nats" ? 1 : dimensions === null ? null : dimensions * Math.LN2;
  if (unit === null) return [];
  const train = steps.flatMap(({ step, nats }) => (nats === null ? [] : [{ x: step, y: nats / unit }]));
  const test = evaluations.flatMap(({ step, test: { nats } }) =>
    nats === null ? [] : [{ x: step, y: nats / unit }],
  );
  return [
    { name: "train", points: smooth(train, smoothing) },
    { name: "test", points: test },
  ];
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
