/** Whether a training can be what it is told to be: asked before anything starts, for some options are first used when it ends. */
import { OptionError } from "../errors.ts";
import { checkSeed } from "../random/noise.ts";
import { optimiserNames } from "./optimiser.ts";
import { batchKinds } from "./traced-batch.ts";
import type { SettledOptions, TrainDefaults, TrainOptions } from "./train-options.ts";

/** What a number may be, in words, and whether one is. */
interface Range {
  readonly expected: string;
  readonly holds: (value: number) => boolean;
}

const positiveWhole: Range = {
  expected: "a whole number of at least 1",
  holds: (value) => Number.isInteger(value) && value >= 1,
};
const whole: Range = {
  expected: "a whole number of at least 0",
  holds: (value) => Number.isInteger(value) && value >= 0,
};
const positive: Range = { expected: "a number above 0", holds: (value) => value > 0 };
const amount: Range = {
  expected: "a finite number of at least 0",
  holds: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
};
const share: Range = { expected: "a number from 0 to 1", holds: (value) => value >= 0 && value <= 1 };
const someShare: Range = {
  expected: "a number above 0, at most 1",
  holds: (value) => value > 0 && value <= 1,
};
const decay: Range = { expected: "a number from 0 to below 1", holds: (value) => value >= 0 && value < 1 };

type NumberName = {
  [K in keyof TrainDefaults]: TrainDefaults[K] extends number ? K : never;
}[keyof TrainDefaults];

const ranges: Readonly<Record<Exclude<NumberName, "seed"> | "trainLimit", Range>> = {
  noisyWindows: share,
  flatPlaces: someShare,
  batchSize: positiveWhole,
  weightDecay: amount,
  learningRate: amount,
  warmupSteps: whole,
  clipNorm: positive,
  averageDecay: decay,
  beta1: decay,
  beta2: decay,
  trainLimit: positiveWhole,
  testLimit: positiveWhole,
  finalTestLimit: positiveWhole,
  validationLimit: positiveWhole,
  sampleCount: whole,
  checkpointEvery: whole,
  checkpointMinutes: amount,
};

const lengths: Readonly<Record<string, Range>> = {
  epochs: positive,
  steps: positiveWhole,
  minutes: positive,
};

/** @throws {OptionError} for an option out of its range, {SeedError} for a bad seed. */
export function checkTrainOptions(options: SettledOptions): void {
  checkLength(options.length);
  for (const [name, range] of Object.entries(ranges)) {
    const value = options[name as keyof typeof ranges];
    if (value !== undefined) check(name, range, value);
  }
  checkOneOf("trainOn", batchKinds, options.trainOn);
  checkOneOf("optimiser", optimiserNames, options.optimiser);
  checkSeed(options.seed);
}

function checkLength(length: TrainOptions["length"] | undefined): void {
  const [named, ...others] = Object.entries(length ?? {});
  const range = named && lengths[named[0]];
  if (range === undefined || others.length > 0) {
    throw new OptionError(
      `expected a length of one of ${Object.keys(lengths).join(", ")}, got ${JSON.stringify(length)}; say how long to train, { epochs: 10 } say`,
    );
  }
  check(`length.${named![0]}`, range, named![1]);
}

function check(name: string, { expected, holds }: Range, value: unknown): void {
  if (typeof value === "number" && holds(value)) return;
  throw new OptionError(`expected ${name} to be ${expected}, got ${String(value)}; choose another`);
}

function checkOneOf(name: string, known: readonly string[], value: string): void {
  if (known.includes(value)) return;
  throw new OptionError(
    `expected ${name} to be one of ${known.join(", ")}, got ${value}; choose one of them`,
  );
}
