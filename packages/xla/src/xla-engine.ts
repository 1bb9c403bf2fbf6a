/**
 * Training as compiled programs: the whole step, forward, backward, clipping, Adam and average, is one program that XLA has compiled for the network and
 * the batch size. The state stays on the device and is donated from step to step; a batch goes up as bytes, two numbers come back.
 */
import type { Model, Network } from "@pixelcnn/core";
import type { Batch } from "@pixelcnn/core/data";
import {
  averageDecay,
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
import type { Client, DeviceBuffer, Executable } from "@pixelcnn/pjrt";
import { type ProgramOptions, Programs } from "./programs.ts";
import { precisionsOf } from "./stablehlo/precision.ts";
import { uploadNoise, uploadPictures } from "./upload-batch.ts";
import { XlaError } from "./xla-error.ts";

/** What the engine is told beside the training's own options. */
export interface XlaOptions extends ProgramOptions {
  /** Whether the client ends with the engine. */
  readonly ownsClient?: boolean;
}

/** Everything of a step that lives on the devices: the state's vectors, then `ok`. */
const stateNames = [...vectorNames, "ok"] as const;

/** A step that is compiled, with its arguments behind the state, by device. */
interface PreparedStep {
  readonly program: Executable;
  readonly inputs: readonly (readonly DeviceBuffer[])[];
}

/** A network's training on the devices of one client. */
export class XlaEngine implements TrainingEngine {
  readonly queueLength = 2;
  /** Steps done and read. */
  step = 0;
  readonly layout: FlatLayout;
  readonly #client: Client;
  readonly #network: Network;
  readonly #options: EngineOptions;
  readonly #devices: number;
  readonly #ownsClient: boolean;
  readonly #programs: Programs;
  /** By device, in the order of `stateNames`. */
  #state: DeviceBuffer[][] = [];
  /** By device: the mask of forbidden weights, or nothing. */
  #allowed: DeviceBuffer[][] = [];
  /** Steps done, read or not. */
  #sentSteps = 0;
  /** Of the last step: that it is on its way, and that it is read. What makes one fail makes all behind it fail. */
  #sending: Promise<unknown> = Promise.resolve();
  #reading: Promise<unknown> = Promise.resolve();

  private constructor(client: Client, network: Network, options: EngineOptions, xla: XlaOptions) {
    this.#client = client;
    this.#network = network;
    this.#options = options;
    this.#devices = xla.devices ?? 1;
    this.#ownsClient = xla.ownsClient ?? false;
    this.#programs = new Programs(client, network, options, xla, stateNames);
    this.layout = new FlatLayout(network);
  }

  /**
   * Puts a model's weights on the devices.
   * @throws {XlaError} when the client has fewer devices than are asked for, or no such precision
   */
  static async start(
    client: Client,
    model: Model,
    options: EngineOptions,
    xla: XlaOptions = {},
  ): Promise<XlaEngine> {
    const { devices = 1, precision = "float32" } = xla;
    if (!Number.isInteger(devices) || devices < 1 || devices > client.devices.length) {
      throw new XlaError(
        `expected 1 to ${client.devices.length} devices, as many as there are, got ${devices}`,
      );
    }
    if (!precisionsOf(client.platform).includes(precision)) {
      throw new XlaError("expected float32 or bf16 on a processor, got tf32; only GPUs multiply in it");
    }
    const engine = new XlaEngine(client, model.network, options, xla);
    const weights = engine.layout.flattenWeights(model);
    const statistics = engine.layout.flattenStatistics(model);
    const zeros = new Float32Array(weights.length);
    await engine.restore(0, {
      weights,
      statistics,
      averagedWeights: weights,
      averagedStatistics: statistics,
      firstMoment: zeros,
      secondMoment: zeros,
    });
    const allowed = engine.layout.allowed();
    engine.#allowed = await engine.#onEach(async (device) =>
      allowed === null ? [] : [await client.upload(allowed, [allowed.length], device)],
    );
    return engine;
  }

  train(batch: Batch, learningRate: number, dropout: DropoutNoise): Promise<StepResult> {
    this.#sentSteps += 1;
    const step = this.#sentSteps;
    // Compiling and uploading need not wait for the step before.
    const prepared = this.#prepare(step, batch, learningRate, dropout);
    const sent = this.#send(prepared, this.#sending);
    const result = this.#read(step, sent, this.#reading);
    for (const promise of [prepared, sent, result]) promise.catch(() => {}); // whoever waits for them is told
    this.#sending = sent;
    this.#reading = result;
    return result;
  }

  async #prepare(
    step: number,
    batch: Batch,
    learningRate: number,
    dropout: DropoutNoise,
  ): Promise<PreparedStep> {
    const count = batch.labels.length;
    // A batch that cannot be divided evenly is computed whole by every device: all of them end with the same weights.
    const share = count % this.#devices === 0 ? count / this.#devices : count;
    const divided = share < count || this.#devices === 1;
    const program = await this.#programs.step(kindOf(batch), share, divided ? this.#devices : 1);
    const decay = averageDecay(this.#options.averageDecay, step);
    const scalars = scalarsOf(step, learningRate, decay, this.#options);
    const inputs = await this.#onEach(async (device, index) => {
      const part = { start: divided ? index * share : 0, count: share, device };
      const pictures = await uploadPictures(this.#client, this.#network, batch, part);
      const noise = this.#drops ? await uploadNoise(this.#client, dropout, part) : [];
      return [
        ...pictures,
        ...noise,
        ...this.#allowed[index]!,
        await this.#client.upload(scalars, [scalars.length], device),
      ];
    });
    return { program, inputs };
  }

  /** Sends a step behind the one before. @returns by device, what it will tell */
  async #send(prepared: Promise<PreparedStep>, before: Promise<unknown>): Promise<DeviceBuffer[][]> {
    const { program, inputs } = await prepared;
    try {
      await before;
      const donated = stateNames.map((_, index) => index);
      const outputs = await program.execute(
        inputs.map((rest, index) => [...this.#state[index]!, ...rest]),
        { donated },
      );
      this.#state = outputs.map((list) => list.slice(0, stateNames.length));
      return outputs.map((list) => list.slice(stateNames.length));
    } finally {
      inputs.forEach((list, index) => {
        for (const buffer of list) if (!this.#allowed[index]!.includes(buffer)) buffer.dispose();
      });
    }
  }

  /** What a step tells, once the one before has told. */
  async #read(step: number, sent: Promise<DeviceBuffer[][]>, before: Promise<unknown>): Promise<StepResult> {
    const told = await sent;
    try {
      // What made that one fail is this one's reason too: a step of its own numbers may look sound, and has changed nothing.
      await before;
      const [first, second] = told[0] as [DeviceBuffer, DeviceBuffer];
      // One after the other: who waits for a step keeps one of the few threads that copies and files need too.
      const nats = await numberOf(first);
      const gradientNorm = await numberOf(second);
      if (!Number.isFinite(nats) || !Number.isFinite(gradientNorm)) throw new DivergedError(step, nats);
      this.step = step;
      return { nats, gradientNorm };
    } finally {
      for (const buffer of told.flat()) buffer.dispose();
    }
  }

  async nats(batch: Batch): Promise<Float32Array> {
    const count = batch.labels.length;
    const program = await this.#programs.likelihood(count);
    const part = { start: 0, count, device: this.#client.devices[0]! };
    const pictures = await uploadPictures(this.#client, this.#network, batch, part);
    const state = this.#state[0]!;
    const averages = [
      state[vectorNames.indexOf("averagedWeights")]!,
      state[vectorNames.indexOf("averagedStatistics")]!,
    ];
    const [[result]] = (await program.execute([[...averages, ...pictures]])) as [[DeviceBuffer]];
    try {
      return await result.download<Float32Array>();
    } finally {
      for (const buffer of [result, ...pictures]) buffer.dispose();
    }
  }

  async vectors(): Promise<TrainingVectors> {
    await this.#idle();
    const state = this.#state[0]!;
    const copies = vectorNames.map(async (name, index) => [name, await state[index]!.download()] as const);
    return Object.fromEntries(await Promise.all(copies)) as TrainingVectors;
  }

  async restore(step: number, vectors: TrainingVectors): Promise<void> {
    const state = await this.#onEach(async (device) => [
      ...(await Promise.all(
        vectorNames.map((name) => this.#client.upload(vectors[name], [vectors[name].length], device)),
      )),
      await this.#client.upload(Float32Array.of(1), [], device),
    ]);
    await this.#idle();
    for (const buffer of this.#state.flat()) buffer.dispose();
    this.#state = state;
    this.#sending = Promise.resolve();
    this.#reading = Promise.resolve();
    this.#sentSteps = step;
    this.step = step;
  }

  /** Waits for the steps under way, and frees the state and the programs, and the client if it is the engine's own. */
  async dispose(): Promise<void> {
    await this.#idle();
    for (const buffer of [...this.#state, ...this.#allowed].flat()) buffer.dispose();
    await this.#programs.dispose();
    if (this.#ownsClient) await this.#client.dispose();
  }

  /** Waits for the steps under way, whatever they come to. */
  async #idle(): Promise<void> {
    await Promise.allSettled([this.#sending, this.#reading]);
  }

  get #drops(): boolean {
    return this.#network.nodes.some((node) => node.op === "dropout" && node.rate > 0);
  }

  #onEach<T>(run: (device: Client["devices"][number], index: number) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#client.devices.slice(0, this.#devices).map(run));
  }
}

async function numberOf(buffer: DeviceBuffer): Promise<number> {
  return (await buffer.download<Float32Array>())[0]!;
}
