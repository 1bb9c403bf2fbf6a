/**
 * Training as TensorFlow graphs: the whole step, forward, backward, clipping, Adam and average, is one graph, which TensorFlow's executor runs without coming
 * back to JavaScript between its operations. The state is handed from step to step as TensorFlow's own arrays; a batch goes in as bytes, two numbers come out.
 */
import { type Model, type Network, writeDropoutMask } from "@pixelcnn/core";
import type { ElementType, PrimitiveOf } from "@pixelcnn/core/computation";
import type { Batch } from "@pixelcnn/core/data";
import {
  averageDecay,
  batchShape,
  DivergedError,
  type DropoutNoise,
  type EngineOptions,
  FlatLayout,
  kindOf,
  type StepResult,
  scalarsOf,
  type TrainingEngine,
  type TrainingVectors,
  vectorNames,
} from "@pixelcnn/core/training";
import type { HostArray } from "./c-api/element-type.ts";
import { Library } from "./c-api/library.ts";
import { NativeTensor } from "./c-api/native-tensor.ts";
import { type Program, Programs } from "./programs.ts";

/** Everything of a step that stays in TensorFlow: the state's vectors, then `ok`. */
const stateNames = [...vectorNames, "ok"] as const;
type State = Readonly<Record<(typeof stateNames)[number], NativeTensor>>;

/** A step's graph with what it is fed behind the state. */
interface PreparedStep {
  readonly program: Program;
  readonly inputs: Readonly<Record<string, NativeTensor>>;
  readonly masks: readonly NativeTensor[];
}

/** A network's training by one TensorFlow. */
export class TensorflowEngine implements TrainingEngine {
  readonly queueLength = 2;
  /** Steps done and read. */
  step = 0;
  readonly layout: FlatLayout;
  readonly #library: Library;
  readonly #network: Network;
  readonly #options: EngineOptions;
  readonly #programs: Programs;
  #state: State;
  /** The mask of forbidden weights, or nothing. */
  readonly #allowed: NativeTensor | null;
  /** Steps done, read or not. */
  #sentSteps = 0;
  /** Of the last step, that it is done. What makes one fail makes all behind it fail. */
  #sending: Promise<unknown> = Promise.resolve();

  private constructor(library: Library, model: Model, options: EngineOptions) {
    this.#library = library;
    this.#network = model.network;
    this.#options = options;
    this.#programs = new Programs(library, model.network, options);
    this.layout = new FlatLayout(model.network);
    const weights = this.layout.flattenWeights(model);
    const statistics = this.layout.flattenStatistics(model);
    const zeros = new Float32Array(weights.length);
    this.#state = this.#upload({
      weights,
      statistics,
      averagedWeights: weights,
      averagedStatistics: statistics,
      firstMoment: zeros,
      secondMoment: zeros,
    });
    const allowed = this.layout.allowed();
    this.#allowed = allowed && this.#tensor(allowed, [allowed.length], "f32");
  }

  /**
   * Puts a model's weights into TensorFlow.
   * @param libraryPath of `libtensorflow_cc.so.2`
   * @throws {TensorflowError} where it cannot be loaded
   */
  static start(libraryPath: string, model: Model, options: EngineOptions): TensorflowEngine {
    return new TensorflowEngine(Library.open(libraryPath), model, options);
  }

  train(batch: Batch, learningRate: number, dropout: DropoutNoise): Promise<StepResult> {
    this.#sentSteps += 1;
    const step = this.#sentSteps;
    let prepared: PreparedStep;
    try {
      prepared = this.#prepare(step, batch, learningRate, dropout);
    } catch (error) {
      return Promise.reject(error);
    }
    const result = this.#run(step, prepared, this.#sending);
    result.catch(() => {}); // whoever waits for it is told
    this.#sending = result;
    return result;
  }

  #prepare(step: number, batch: Batch, learningRate: number, dropout: DropoutNoise): PreparedStep {
    const program = this.#programs.step(kindOf(batch), batch.labels.length);
    const decay = averageDecay(this.#options.averageDecay, step);
    const scalars = scalarsOf(step, learningRate, decay, this.#options);
    return {
      program,
      inputs: {
        ...this.#uploadBatch(batch),
        scalars: this.#tensor(scalars, [scalars.length], "f32"),
      },
      masks: program.masks.map((mask) => this.#mask(mask, dropout)),
    };
  }

  /** A step behind the one before. */
  async #run(
    step: number,
    { program, inputs, masks }: PreparedStep,
    before: Promise<unknown>,
  ): Promise<StepResult> {
    const owned = [...Object.values(inputs), ...masks];
    try {
      // What made that one fail is this one's reason too: a step of its own numbers may look sound, and has changed nothing.
      await before;
      const given: Record<string, NativeTensor> = {
        ...this.#state,
        ...inputs,
        ...(this.#allowed && { allowed: this.#allowed }),
      };
      const results = await program.session.run([...program.feeds.map((name) => given[name]!), ...masks]);
      owned.push(...results.slice(stateNames.length), ...Object.values(this.#state));
      this.#state = Object.fromEntries(
        stateNames.map((name, index) => [name, results[index]!]),
      ) as unknown as State;
      const [[nats], [gradientNorm]] = results.slice(stateNames.length).map((tensor) => tensor.read()) as [
        Float32Array,
        Float32Array,
      ];
      if (!Number.isFinite(nats) || !Number.isFinite(gradientNorm)) throw new DivergedError(step, nats!);
      this.step = step;
      return { nats: nats!, gradientNorm: gradientNorm! };
    } finally {
      for (const tensor of owned) tensor.dispose();
    }
  }

  async nats(batch: Batch): Promise<Float32Array> {
    const { session, feeds } = this.#programs.likelihood(batch.labels.length);
    const { averagedWeights: weights, averagedStatistics: statistics } = this.#state;
    const inputs = this.#uploadBatch(batch);
    const given: Record<string, NativeTensor> = { weights, statistics, ...inputs };
    const owned = Object.values(inputs);
    try {
      const [result] = (await session.run(feeds.map((name) => given[name]!))) as [NativeTensor];
      owned.push(result);
      return result.read() as Float32Array;
    } finally {
      for (const tensor of owned) tensor.dispose();
    }
  }

  async vectors(): Promise<TrainingVectors> {
    await this.#idle();
    return Object.fromEntries(
      vectorNames.map((name) => [name, this.#state[name].read()]),
    ) as unknown as TrainingVectors;
  }

  async restore(step: number, vectors: TrainingVectors): Promise<void> {
    await this.#idle();
    for (const tensor of Object.values(this.#state)) tensor.dispose();
    this.#state = this.#upload(vectors);
    this.#sending = Promise.resolve();
    this.#sentSteps = step;
    this.step = step;
  }

  /** Waits for the steps under way, and frees the state and the graphs. */
  async dispose(): Promise<void> {
    await this.#idle();
    for (const tensor of Object.values(this.#state)) tensor.dispose();
    this.#allowed?.dispose();
    this.#programs.dispose();
  }

  /** Waits for the steps under way, whatever they come to. */
  async #idle(): Promise<void> {
    await Promise.allSettled([this.#sending]);
  }

  #upload(vectors: TrainingVectors): State {
    const entries = vectorNames.map((name) => [
      name,
      this.#tensor(vectors[name], [vectors[name].length], "f32"),
    ]);
    return { ...Object.fromEntries(entries), ok: this.#tensor(Float32Array.of(1), [], "f32") };
  }

  /** By the names that a computation's arguments have. */
  #uploadBatch(batch: Batch): Record<string, NativeTensor> {
    const { levels, inside, places, counts, labels } = batch;
    const count = labels.length;
    const shape = batchShape(this.#network, count, kindOf(batch));
    return {
      levels: this.#tensor(levels, shape, levels instanceof Uint16Array ? "u16" : "u8"),
      ...(inside && { inside: this.#tensor(inside, shape.slice(0, 3), "u8") }),
      ...(places && { places: this.#tensor(places, [count, 2], "s32") }),
      ...(counts && { counts: this.#tensor(counts, [count], "f32") }),
      labels: this.#tensor(labels, [count], "s32"),
    };
  }

  /** Made on this thread while TensorFlow computes the step before. */
  #mask(mask: PrimitiveOf<"dropoutMask">, noise: DropoutNoise): NativeTensor {
    const values = new Float32Array(mask.shape.reduce((product, length) => product * length, 1));
    writeDropoutMask(values, mask, noise);
    return this.#tensor(values, mask.shape, "f32");
  }

  #tensor(values: HostArray, shape: readonly number[], type: ElementType): NativeTensor {
    return NativeTensor.of(this.#library, values, shape, type);
  }
}
