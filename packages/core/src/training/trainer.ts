/**
 * The engine on TensorFlow.js: one network's weights on the current backend, and the step that changes them.
 *
 *     one step: gradient, clip, weight decay, Adam or Muon, running statistics, moving average
 */
import {
  concat,
  dispose,
  mul,
  slice,
  sqrt,
  square,
  sum,
  type Tensor1D,
  tensor1d,
  tidy,
} from "@tensorflow/tfjs-core";
import type { Batch } from "../data/preparation.ts";
import type { Model } from "../network/model.ts";
import type { DropoutNoise } from "../random/dropout-mask.ts";
import { adamStep } from "./adam.ts";
import { averageDecay } from "./average-decay.ts";
import {
  DivergedError,
  type EngineOptions,
  type EngineStarter,
  type StepResult,
  type TrainingEngine,
  type TrainingVectors,
  type VectorName,
} from "./engine.ts";
import { batchNats } from "./evaluate.ts";
import { FlatLayout } from "./flat-layout.ts";
import { type GradientComputer, type GradientResult, LocalGradients } from "./gradients.ts";
import { type MatrixSlot, matricesOf } from "./matrix-slots.ts";
import { updateAverage } from "./moving-average.ts";
import { muonsMatrices } from "./muon.ts";
import { type Matrices, muonStep } from "./muon-step.ts";
import { STATISTICS_DECAY } from "./step-computation.ts";
import { decayMatrices } from "./weight-decay.ts";

/** The vectors of a `TrainingState` as tensors. */
type Vectors = Record<VectorName, Tensor1D>;

/** Options of {@link Trainer}. */
export interface TrainerOptions extends EngineOptions {
  /** Where gradients come from; the current backend by default. The trainer disposes it. */
  readonly gradients?: GradientComputer | undefined;
}

/** Starts training on the current backend. @param gradients starts what computes gradients; the current backend does by default. */
export function onTensorflow(gradients?: () => Promise<GradientComputer>): EngineStarter {
  return async (model, options) => new Trainer(model, { ...options, gradients: await gradients?.() });
}

/** The weights of one network and the step that changes them, all on the current backend. The caller disposes. */
export class Trainer implements TrainingEngine {
  readonly layout: FlatLayout;
  readonly #options: TrainerOptions;
  readonly #vectors: Vectors;
  readonly #gradients: GradientComputer;
  /** What weight decay is of. */
  readonly #decaying: readonly MatrixSlot[];
  /** For Muon alone. */
  readonly #matrices: Matrices | null;
  readonly queueLength = 1;
  /** Steps done. */
  step = 0;

  /** Starts from a model's weights; {@link restore} continues from a state. */
  constructor(model: Model, options: TrainerOptions) {
    this.#options = options;
    this.#gradients = options.gradients ?? new LocalGradients(model.network);
    this.layout = new FlatLayout(model.network);
    this.#decaying = matricesOf(this.layout);
    this.#matrices = options.optimiser === "muon" ? matricesIn(this.layout) : null;
    const weights = this.layout.flattenWeights(model);
    const statistics = this.layout.flattenStatistics(model);
    this.#vectors = {
      weights: tensor1d(weights),
      statistics: tensor1d(statistics),
      averagedWeights: tensor1d(weights),
      averagedStatistics: tensor1d(statistics),
      firstMoment: tensor1d(new Float32Array(weights.length)),
      secondMoment: tensor1d(new Float32Array(weights.length)),
    };
  }

  async train(batch: Batch, learningRate: number, dropout: DropoutNoise): Promise<StepResult> {
    const result = await this.#gradients.compute({ weights: this.#vectors.weights, batch, dropout });
    const length = tidy(() => sqrt(sum(square(result.gradient))));
    try {
      const [gradientNorm] = (await length.data()) as unknown as [number];
      const { nats } = result;
      if (!Number.isFinite(nats) || !Number.isFinite(gradientNorm))
        throw new DivergedError(this.step + 1, nats);
      this.#apply(result, gradientNorm, learningRate);
      return { nats, gradientNorm };
    } finally {
      dispose([length, result.gradient, ...(result.statistics === null ? [] : [result.statistics])]);
    }
  }

  nats(batch: Batch): Promise<Float32Array> {
    const { averagedWeights: weights, averagedStatistics: statistics } = this.#vectors;
    return batchNats(this.layout.network, { weights, statistics }, batch);
  }

  async vectors(): Promise<TrainingVectors> {
    const copies = Object.entries(this.#vectors).map(
      async ([name, vector]) => [name, (await vector.data()).slice()] as const,
    );
    return Object.fromEntries(await Promise.all(copies)) as TrainingVectors;
  }

  async restore(step: number, vectors: TrainingVectors): Promise<void> {
    this.step = step;
    for (const name of Object.keys(this.#vectors) as VectorName[]) {
      this.#update({ [name]: tensor1d(vectors[name]) });
    }
  }

  /** Frees the vectors and the gradient computer. */
  async dispose(): Promise<void> {
    dispose(Object.values(this.#vectors));
    this.#matrices?.allowed?.dispose();
    this.#gradients.dispose();
  }

  #apply({ gradient, statistics }: GradientResult, gradientNorm: number, learningRate: number): void {
    this.step += 1;
    const { weightDecay = 0 } = this.#options;
    if (weightDecay > 0) this.#update({ weights: this.#decayed(1 - learningRate * weightDecay) });
    const given = [this.#vectors, gradient, gradientNorm, this.step, learningRate] as const;
    const matrices = this.#matrices;
    this.#update(
      matrices === null
        ? adamStep(...given, this.#options)
        : muonStep(...given, { ...this.#options, ...matrices }),
    );
    if (statistics !== null) {
      this.#update({ statistics: updateAverage(this.#vectors.statistics, statistics, STATISTICS_DECAY) });
    }
    const decay = averageDecay(this.#options.averageDecay, this.step);
    const { averagedWeights, averagedStatistics, weights, statistics: running } = this.#vectors;
    this.#update({ averagedWeights: updateAverage(averagedWeights, weights, decay) });
    if (statistics !== null)
      this.#update({ averagedStatistics: updateAverage(averagedStatistics, running, decay) });
  }

  /** The weights, of their matrices a share. */
  #decayed(share: number): Tensor1D {
    const { weights } = this.#vectors;
    return tidy(() =>
      decayMatrices<Tensor1D>(this.#decaying, weights.size, {
        slice: (start, end) => slice(weights, start, end - start),
        shrink: (x) => mul(x, share),
        join: (pieces) => concat(pieces),
      }),
    );
  }

  #update(vectors: Partial<Vectors>): void {
    for (const [name, vector] of Object.entries(vectors) as [VectorName, Tensor1D][]) {
      this.#vectors[name].dispose();
      this.#vectors[name] = vector;
    }
  }
}

function matricesIn(layout: FlatLayout): Matrices {
  const allowed = layout.allowed();
  return { slots: muonsMatrices(layout), allowed: allowed && tensor1d(allowed) };
}
