/** A network's compiled programs, each compiled when it is first asked for: steps and likelihoods of every batch size that comes. */
import type { Network } from "@pixelcnn/core";
import { type BatchKind, type EngineOptions, traceLikelihood, traceStep } from "@pixelcnn/core/training";
import type { Client, Executable } from "@pixelcnn/pjrt";
import type { Precision } from "./stablehlo/precision.ts";
import { printModule } from "./stablehlo/print-module.ts";

/** How programs are compiled. */
export interface ProgramOptions {
  /** Devices that share every batch; 1 by default. */
  readonly devices?: number;
  /** Of steps; float32 by default. Likelihoods are float32 always. */
  readonly precision?: Precision;
  /** Told how long a program took to compile. */
  readonly onCompiled?: (what: string, elapsedMs: number) => void;
}

export class Programs {
  readonly #compiled = new Map<string, Promise<Executable>>();

  /** @param donated arguments of a step whose memory its results take. */
  constructor(
    private readonly client: Client,
    private readonly network: Network,
    private readonly rule: EngineOptions,
    private readonly options: ProgramOptions,
    private readonly donated: readonly string[],
  ) {}

  /** A step of `batchSize` pictures or pixels on each device, which together have `sharing` times as many: all devices, or 1 where each has the whole batch. */
  step(kind: BatchKind, batchSize: number, sharing: number): Promise<Executable> {
    const { devices = 1, precision = "float32" } = this.options;
    return this.#compile(
      `step ${kind} ${batchSize} ${sharing}`,
      () =>
        printModule(traceStep(this.network, { ...this.rule, batchSize, kind, devices: sharing }), {
          devices,
          donated: this.donated,
          precision,
          platform: this.client.platform,
        }),
      devices,
    );
  }

  /** The likelihood of `batchSize` pictures on one device, in float32. */
  likelihood(batchSize: number): Promise<Executable> {
    return this.#compile(`likelihood ${batchSize}`, () =>
      printModule(traceLikelihood(this.network, batchSize)),
    );
  }

  /** Frees them all. */
  async dispose(): Promise<void> {
    const programs = await Promise.allSettled(this.#compiled.values());
    for (const program of programs) if (program.status === "fulfilled") program.value.dispose();
  }

  #compile(key: string, print: () => string, replicas = 1): Promise<Executable> {
    const known = this.#compiled.get(key);
    if (known) return known;
    const started = performance.now();
    const program = this.client.compile(print(), { replicas }).then((executable) => {
      this.options.onCompiled?.(key, performance.now() - started);
      return executable;
    });
    this.#compiled.set(key, program);
    return program;
  }
}
