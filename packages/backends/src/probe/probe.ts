/** Tries a backend in a process of its own, so that one that crashes or hangs takes nothing else with it. */
import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import type { MeasuredSize, Speed } from "../engine.ts";
import type { StartableBackend } from "../names.ts";

/** A backend that does not work, why, and what to do about that. */
export interface Refusal {
  readonly works: false;
  readonly reason: string;
  readonly fix: string;
}

/** One that works. */
export interface Started {
  readonly works: true;
  readonly device: string;
  readonly version: string;
  /** Null where nobody tells. */
  readonly memoryBytes: number | null;
  readonly trains: boolean;
  /** Whether samplers compute on it; where not, `wasm` does. */
  readonly samples: boolean;
}

/** How fast it is, or why it does not work and what to do about that. */
export type ProbeAnswer = (Started & Speed) | Refusal;

const PATIENCE_MS = 90_000;

/** Sources are run as they are in development, and compiled in a package. */
const entry = new URL(`./probe-process${extname(import.meta.url)}`, import.meta.url);

/** A backend that is tried: begun with, and measured when it is its turn, so that several are loaded at a time and none disturbs another's measure. */
export class Probe {
  readonly #child: ChildProcess;
  readonly #ending: Promise<string>;
  readonly #started: Promise<Started | Refusal>;
  #said = "";

  /** @param patienceMs how long it may load, and how long it may measure, before it is ended */
  constructor(
    readonly backend: StartableBackend,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.#child = fork(entry, [backend], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    this.#child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
      this.#said += chunk;
    });
    this.#ending = new Promise((resolve) => {
      this.#child.once("error", ({ message }) => resolve(message));
      this.#child.once("close", (code, signal) => resolve(signal ?? `code ${code}`));
    });
    this.#started = this.#next<Started | Refusal>();
  }

  /** Waits until it is loaded, or does not work. */
  async loaded(): Promise<void> {
    await this.#started;
  }

  /** Measures it once it is loaded, and others are: what loads beside takes of its speed. @param others nothing unless given */
  async measure(size: MeasuredSize = {}, others?: Promise<unknown>): Promise<ProbeAnswer> {
    const started = await this.#started;
    if (!started.works) return started;
    await others;
    const speed = this.#next<Speed>();
    this.#child.send(size, () => {}); // one that has ended is told of by what comes next
    const measured = await speed;
    return "works" in measured ? measured : { ...started, ...measured };
  }

  /** What the process tells next, or how it ended instead. */
  async #next<Answer>(): Promise<Answer | Refusal> {
    const patience = setTimeout(() => this.#child.kill("SIGKILL"), this.patienceMs);
    const told = new Promise<Answer>((resolve) => this.#child.once("message", resolve));
    const answer = await Promise.race([told, this.#ending.then((ending) => this.#ended(ending))]);
    clearTimeout(patience);
    return answer;
  }

  #ended(ending: string): Refusal {
    return {
      works: false,
      reason: `its process ended with ${ending}${lastError(this.#said)}`,
      fix: "use --backend auto, which takes another one",
    };
  }
}

function lastError(said: string): string {
  const line = said.split("\n").find((line) => /Error: /.test(line));
  return line === undefined ? "" : `: ${line.trim()}`;
}
