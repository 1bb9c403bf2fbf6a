/** What core is told of a training that was set so. */
import type { TrainOptions } from "@pixelcnn/core/training";
import type { TrainSettings } from "../settings/train-settings.ts";

/** Test pictures of an evaluation that nobody limited, but for the last. */
const TEST_LIMIT = 1000;
/** Validation pictures of every evaluation, at most. */
const VALIDATION_LIMIT = 500;

export function trainOptions(settings: TrainSettings): TrainOptions {
  const { batchSize, optimiser, weightDecay, learningRate, warmupSteps, beta1, beta2, clipNorm } = settings;
  const { averageDecay, seed } = settings;
  const { checkpointEvery, checkpointMinutes } = settings;
  return {
    length: lengthOf(settings),
    ...{ batchSize, optimiser, weightDecay, learningRate, warmupSteps, beta1, beta2, clipNorm },
    ...{ averageDecay, seed },
    ...{ checkpointEvery, checkpointMinutes },
    trainOn: settings.trainOn ?? "pictures",
    flips: settings.flips ?? false,
    noisyWindows: settings.noisyWindows ?? 0,
    flatPlaces: settings.flatPlaces ?? 1,
    trainLimit: settings.limit,
    testLimit: settings.testLimit === 0 ? Number.MAX_SAFE_INTEGER : (settings.testLimit ?? TEST_LIMIT),
    finalTestLimit: settings.testLimit || Number.MAX_SAFE_INTEGER,
    validationLimit: Math.min(VALIDATION_LIMIT, settings.testLimit || VALIDATION_LIMIT),
    sampleCount: settings.samples,
  };
}

function lengthOf({ epochs, steps, minutes }: TrainSettings) {
  if (steps !== undefined) return { steps };
  return epochs !== undefined ? { epochs } : { minutes: minutes! };
}
