/**
 * Several models that draw from the same noise: the first is the one that keys are about, the others follow it. All have the same
 * seed, temperature, class and pictures; a batch begins for all at once.
 */
import { speeds } from "./speeds.ts";
import { initialSample, positionsOf, type SampleAction, type SampleState, updateSample } from "./state.ts";

/** Models beside the first one, at most. */
export const MOST_BESIDE = 3;

/** What is asked of all of them; everything else is about one file, or one thread. */
const shared: ReadonlySet<SampleAction["type"]> = new Set([
  ...(["tick", "play-pause", "step", "speed", "seed", "temperature", "sampler", "surprise"] as const),
  ...(["labels", "style", "class", "complete"] as const),
]);

/** At full speed every model would draw on by itself. */
const FASTEST = speeds.length - 2;

/** The models after an action of the first. */
export function updateTogether(samples: readonly SampleState[], action: SampleAction): SampleState[] {
  const [first, ...others] = samples as [SampleState, ...SampleState[]];
  if (others.length === 0 || !shared.has(action.type)) return [updateSample(first, action), ...others];
  switch (action.type) {
    case "tick":
      return advance(samples, action);
    case "step":
      return step(samples, action);
    case "speed":
      return samples.map((sample) => atMostFast(updateSample(sample, action)));
    case "class": {
      const led = updateSample(first, action);
      return [
        led,
        ...others.map((sample) => updateSample(sample, { type: "class-label", label: led.classLabel })),
      ];
    }
    case "complete":
      // Rows of a picture mean nothing to a model of others.
      return samples.map((sample) => (hasShapeOf(sample, first) ? updateSample(sample, action) : sample));
    default:
      return samples.map((sample) => updateSample(sample, action));
  }
}

/** One more model; all begin again with their first pictures. */
export function addBeside(samples: readonly SampleState[], path: string): SampleState[] {
  const first = samples[0]!;
  const { style, seed, temperature, sampler, surprise, labels, playing, speed } = first;
  const added = {
    ...initialSample(path, style),
    seed,
    temperature,
    sampler,
    surprise,
    labels,
    playing,
    speed,
  };
  return [...samples, added].map((sample) => atMostFast(updateSample(sample, { type: "seed", seed })));
}

/** Pictures that all of them draw: as many as fit for each. */
export function fitTogether(
  samples: readonly SampleState[],
  counts: readonly (number | null)[],
): SampleState[] {
  const known = counts.filter((count) => count !== null);
  if (known.length === 0) return [...samples];
  const count = Math.min(...known);
  return samples.map((sample, i) =>
    counts[i] == null ? sample : updateSample(sample, { type: "fit", count }),
  );
}

function advance(samples: readonly SampleState[], action: SampleAction): SampleState[] {
  const next = samples.map((sample) => (sample.playing ? updateSample(sample, action) : sample));
  const last = Math.min(...next.filter(isDrawing).map(({ batch }) => batch));
  // Who is done waits for the others.
  return next.map((sample, i) =>
    sample.batch > last && sample.batch > samples[i]!.batch ? samples[i]! : sample,
  );
}

function step(samples: readonly SampleState[], action: SampleAction): SampleState[] {
  const isDone = (sample: SampleState) => Math.floor(sample.shown) >= positionsOf(sample);
  const areAllDone = samples.filter(isDrawing).every(isDone);
  return samples.map((sample) =>
    isDone(sample) && !areAllDone ? { ...sample, playing: false } : updateSample(sample, action),
  );
}

function isDrawing({ info, failure }: SampleState): boolean {
  return info !== null && failure === null;
}

function hasShapeOf({ info }: SampleState, { info: other }: SampleState): boolean {
  const shape = ["width", "height", "channels", "levels"] as const;
  return info !== null && other !== null && shape.every((name) => info.picture[name] === other.picture[name]);
}

function atMostFast(sample: SampleState): SampleState {
  return sample.speed > FASTEST ? { ...sample, speed: FASTEST } : sample;
}
