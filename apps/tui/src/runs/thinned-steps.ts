/**
 * The steps of a training, kept thinned out: at most so many points, each the mean of `stride` records that followed each other.
 * A long training has a hundred thousand records and a screen two hundred columns; what is drawn, smoothed and remembered stays
 * as small for every length.
 */
import type { RecordOf } from "@pixelcnn/runs";

export type StepRecord = RecordOf<"step">;

/** Figures that are charted. */
export const stepFigures = ["nats", "gradientNorm", "learningRate", "imagesPerSecond"] as const;
export type StepFigure = (typeof stepFigures)[number];

/** Means over some records; null where one of them had no number. */
export type StepPoint = Readonly<Record<StepFigure, number | null>> & {
  /** Of the last record. */
  readonly step: number;
  readonly records: number;
};

export interface ThinnedSteps {
  /** Records that make a point; the last point may have fewer. */
  readonly stride: number;
  readonly points: readonly StepPoint[];
  /** The newest record; null before the first, or when it was taken back. */
  readonly last: StepRecord | null;
}

/** Twice as many points as there are dots across a window of 1,000 columns. */
export const MOST_POINTS = 4096;

export const noSteps: ThinnedSteps = { stride: 1, points: [], last: null };

/** The steps with more of them, in their order. */
export function withSteps(before: ThinnedSteps, records: readonly StepRecord[]): ThinnedSteps {
  if (records.length === 0) return before;
  const points = [...before.points];
  let { stride } = before;
  // What is thinned out in the end is not kept whole in between.
  if (points.length === 0) while (records.length / stride > MOST_POINTS) stride *= 2;
  for (const record of records) {
    const open = points.at(-1);
    if (open !== undefined && open.records < stride)
      points[points.length - 1] = joined(open, pointOf(record));
    else points.push(pointOf(record));
    if (points.length <= MOST_POINTS) continue;
    stride *= 2;
    for (let i = 0; 2 * i < points.length; i++) {
      const [first, second] = [points[2 * i]!, points[2 * i + 1]];
      points[i] = second === undefined ? first : joined(first, second);
    }
    points.length = Math.ceil(points.length / 2);
  }
  return { stride, points, last: records.at(-1)! };
}

/** Without what lies beyond a step; a point that reaches beyond it goes as a whole. */
export function upToStep({ stride, points, last }: ThinnedSteps, step: number): ThinnedSteps {
  const kept = points.filter((point) => point.step <= step);
  return { stride, points: kept, last: last !== null && last.step <= step ? last : null };
}

function pointOf({ step, nats, gradientNorm, learningRate, imagesPerSecond }: StepRecord): StepPoint {
  return { step, records: 1, nats, gradientNorm, learningRate, imagesPerSecond };
}

function joined(a: StepPoint, b: StepPoint): StepPoint {
  const records = a.records + b.records;
  const mean = (figure: StepFigure) => {
    const [first, second] = [a[figure], b[figure]];
    if (first === null || second === null) return null;
    return (first * a.records + second * b.records) / records;
  };
  return {
    step: b.step,
    records,
    nats: mean("nats"),
    gradientNorm: mean("gradientNorm"),
    learningRate: mean("learningRate"),
    imagesPerSecond: mean("imagesPerSecond"),
  };
}
