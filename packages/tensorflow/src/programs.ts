/** A network's graphs, each written when it is first asked for: steps and likelihoods of every batch size that comes. */
import type { Network } from "@pixelcnn/core";
import type { Computation, PrimitiveOf } from "@pixelcnn/core/computation";
import { type BatchKind, type EngineOptions, traceLikelihood, traceStep } from "@pixelcnn/core/training";
import type { Library } from "./c-api/library.ts";
import { Session } from "./c-api/session.ts";
import { writeGraph } from "./graph/write-graph.ts";

/** A graph that can be run. */
export interface Program {
  readonly session: Session;
  /** Arguments of the computation that are fed, in order; the masks follow them. */
  readonly feeds: readonly string[];
  readonly masks: readonly PrimitiveOf<"dropoutMask">[];
}

export class Programs {
  readonly #written = new Map<string, Program>();

  constructor(
    private readonly library: Library,
    private readonly network: Network,
    private readonly rule: EngineOptions,
  ) {}

  /** A step of so many pictures or pixels. */
  step(kind: BatchKind, batchSize: number): Program {
    return this.#write(`step ${kind} ${batchSize}`, () =>
      traceStep(this.network, { ...this.rule, batchSize, kind }),
    );
  }

  /** The likelihood of so many pictures. */
  likelihood(batchSize: number): Program {
    return this.#write(`likelihood ${batchSize}`, () => traceLikelihood(this.network, batchSize));
  }

  /** Frees them all; none is running. */
  dispose(): void {
    for (const { session } of this.#written.values()) session.dispose();
    this.#written.clear();
  }

  #write(key: string, trace: () => Computation): Program {
    const known = this.#written.get(key);
    if (known) return known;
    const { graph, feeds, masks, fetches } = writeGraph(this.library, trace());
    const operands = [...feeds, ...masks].map(({ operand }) => operand);
    const session = new Session(
      graph,
      operands,
      fetches.map((output) => ({ output, type: output.type })),
    );
    const program = {
      session,
      feeds: feeds.map(({ name }) => name),
      masks: masks.map(({ mask }) => mask),
    };
    this.#written.set(key, program);
    return program;
  }
}
