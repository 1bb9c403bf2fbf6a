/**
 * Training on WebAssembly kernels alone: the whole step of core, forward, backward, clipping, Adam and average, is laid out once in a memory of its own
 * and run again and again. The state is kept beside it, as plain arrays.
 */
import type { Model, Network } from "@pixelcnn/core";
import type { Batch } from "@pixelcnn/core/data";
import {
  averageDecay,
  type BatchKind,
  DivergedError,
  type DropoutNoise,
  type EngineOptions,
  FlatLayout,
  kindOf,
  type StepResult,
  scalarsOf,
  type TrainingEngine,
  type TrainingVectors,
  traceLikelihood,
  traceStep,
  vectorNames,
} from "@pixelcnn/core/training";
import { batchArguments } from "./batch-arguments.ts";
import { Program } from "./compile.ts";

/** A network's training on this thread. Nothing has to be disposed of but the engine itself, and that by forgetting it. */
export class WasmEngine implements TrainingEngine {
  readonly queueLength = 1;
  /** Steps done. */
  step = 0;
  readonly layout: FlatLayout;
  readonly #network: Network;
  readonly #options: EngineOptions;
  readonly #allowed: Float32Array | null;
  /** By kind and size of the batch. */
  readonly #steps = new Map<string, Program>();
  readonly #likelihoods = new Map<number, Program>();
  #state: TrainingVectors;

  /** Starts from a model's weights; {@link restore} continues from a state. */
  constructor(model: Model, options: EngineOptions) {
    this.#network = model.network;
    this.#options = options;
    this.layout = new FlatLayout(model.network);
    this.#allowed = this.layout.allowed();
    const weights = this.layout.flattenWeights(model);
    const statistics = this.layout.flattenStatistics(model);
    this.#state = {
      weights,
      statistics,
      averagedWeights: weights.slice(),
      averagedStatistics: statistics.slice(),
      firstMoment: new Float32Array(weights.length),
      secondMoment: new Float32Array(weights.length),
    };
  }

  async train(batch: Batch, learningRate: number, dropout: DropoutNoise): Promise<StepResult> {
    const program = this.#stepOf(kindOf(batch), batch.labels.length);
    const step = this.step + 1;
    const decay = averageDecay(this.#options.averageDecay, step);
    program.giveAll({
      ...this.#state,
      ...batchArguments(batch, dropout),
      ok: [1],
      allowed: this.#allowed,
      scalars: scalarsOf(step, learningRate, decay, this.#options),
    });
    program.run();
    const [nats, gradientNorm] = [program.result("nats")[0]!, program.result("gradientNorm")[0]!];
    if (!Number.isFinite(nats) || !Number.isFinite(gradientNorm)) throw new DivergedError(step, nats);
    for (const name of vectorNames) this.#state[name].set(program.result(name));
    this.step = step;
    return { nats, gradientNorm };
  }

  async nats({ levels, labels }: Batch): Promise<Float32Array> {
    const count = labels.length;
    const program = this.#likelihoods.get(count) ?? new Program(traceLikelihood(this.#network, count));
    this.#likelihoods.set(count, program);
    const { averagedWeights: weights, averagedStatistics: statistics } = this.#state;
    program.giveAll({ weights, statistics, levels, labels });
    program.run();
    return program.result("nats").slice();
  }

  async vectors(): Promise<TrainingVectors> {
    const copies = vectorNames.map((name) => [name, this.#state[name].slice()]);
    return Object.fromEntries(copies) as TrainingVectors;
  }

  async restore(step: number, vectors: TrainingVectors): Promise<void> {
    this.step = step;
    const copies = vectorNames.map((name) => [name, vectors[name].slice()]);
    this.#state = Object.fromEntries(copies) as TrainingVectors;
  }

  async dispose(): Promise<void> {
    this.#steps.clear();
    this.#likelihoods.clear();
  }

  #stepOf(kind: BatchKind, batchSize: number): Program {
    const key = `${kind} ${batchSize}`;
    const program =
      this.#steps.get(key) ?? new Program(traceStep(this.#network, { ...this.#options, kind, batchSize }));
    this.#steps.set(key, program);
    return program;
  }
}
