/** What every engine can be asked. A further one is a room of its own here, its name in names.ts and a line in engines.ts. */
import type { Network } from "@pixelcnn/core";
import type { EngineStarter, GradientComputer } from "@pixelcnn/core/training";
import type { Precision } from "@pixelcnn/xla";

/** What computes. */
export interface Device {
  /** As its maker calls it. */
  readonly name: string;
  /** What the engine is, and which version of it. */
  readonly version: string;
  /** Memory that it computes in, in bytes; null where nobody tells. */
  readonly memoryBytes: number | null;
}

/** 10⁹ floating-point operations a second, two a multiply-add. */
export interface Speed {
  /** A product of two square matrices, as large as pays. */
  readonly productGflops: number;
  /** The masked convolution that training spends its time in. */
  readonly forwardGflops: number;
  /** Gradients of input, weights and bias: twice the work of the forward pass. */
  readonly backwardGflops: number;
}

/** What is convolved where a speed is measured. */
export interface MeasuredSize {
  /** Pictures of 28×28 at a time; 16 by default, and fewer are quicker and measure less of what a batch is worth. */
  readonly pictures?: number | undefined;
}

/** How an engine is set up. */
export interface SetupOptions {
  /** Fetch what is there already. */
  readonly force?: boolean | undefined;
  /** A wheel, or a folder of wheels, that are taken instead of fetched ones. */
  readonly from?: string | undefined;
  /** Take away what was set up. */
  readonly remove?: boolean | undefined;
  /** `cuda` alone: TensorFlow's build for GPUs instead of XLA's plugin. */
  readonly tensorflow?: boolean | undefined;
  /** Told of every step. */
  line(text: string): void;
}

/** How compiled steps are computed. */
export interface CompiledTraining {
  /** Devices that share every batch; 1 by default. */
  readonly devices?: number | "all";
  /** Of products and convolutions; float32 by default. */
  readonly precision?: Precision;
}

/** How much of {@link CompiledTraining} there is. */
export interface TrainingLimits {
  /** Devices that can share a batch. */
  readonly devices: number;
  readonly precisions: readonly Precision[];
}

/** One way to compute. */
export interface Engine {
  /**
   * Makes it the current backend of TensorFlow.js, and sees it compute.
   *
   * @throws {BackendError} when it does not work here.
   */
  start(): Promise<Device>;
  /** Whether samplers compute on it; where not, `wasm` computes for them. Known when it has been started. */
  readonly samples: boolean;
  /** Its speed at what training does most; it has been started. Takes two or three seconds. */
  measure(size?: MeasuredSize): Promise<Speed>;
  /**
   * Fetches what it needs, and sees it compute; null where nothing is to be fetched.
   *
   * @returns the file that it comes down to; null where it was removed.
   * @throws {BackendError} one line that says what is missing.
   */
  readonly setUp: ((options: SetupOptions) => Promise<string | null>) | null;
  /**
   * Starts whole training steps of its own; null where TensorFlow.js trains. `cuda` knows it when it has been started.
   *
   * @throws {BackendError} when there are fewer devices, or they multiply in no such way.
   */
  readonly train: ((how: CompiledTraining) => EngineStarter) | null;
  /** What of {@link CompiledTraining} makes a difference to `train`. */
  readonly obeys: readonly (keyof CompiledTraining)[];
  /** What `train` can be asked for; known when it has been started. */
  readonly limits: TrainingLimits;
  /**
   * Starts so many threads, the calling one included, that add up their gradients; null where TensorFlow.js computes them, on one.
   *
   * @throws {BackendError} when one of them does not start.
   */
  readonly threads: ((network: Network, count: number) => Promise<GradientComputer>) | null;
}
