/**
 * A contender: a child process that trains when it is told to, on processors of its own choosing by nobody but us. It answers in lines of JSON: one when it is
 * ready, with its compiled step and its first losses, then one for every line that asks for a round.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** What it says when it is ready. */
export interface Ready {
  /** Library and version. */
  readonly library: string;
  /** Time of compiling before its first step; null where nothing is compiled. */
  readonly compileSeconds: number | null;
  /** Of the first steps, nats per picture. */
  readonly losses: readonly number[];
}

/** What it says of a round. */
export interface Round {
  /** By the median step of the round. */
  readonly imagesPerSecond: number;
  /** 10⁹ floating-point operations a second of the library's own square matrix product. */
  readonly productGflops: number;
}

/** An executable and its first words; `<model file> <levels file> <threads> <precision> <ahead>` follow. */
export interface Invocation {
  readonly file: string;
  readonly words: readonly string[];
}

/** Where contenders train, and how. */
export interface Place {
  /** How many processors each is pinned to; null on the machine as it is, with the GPU that it has. */
  readonly processors: number | null;
  /** Of products and convolutions. */
  readonly precision: "float32" | "tf32";
  /** Whether the C library asks the kernel for huge pages, as it does for `train`; it does unless told. */
  readonly hugePages?: boolean;
}

/** A contender that did not do what it should. */
export class ContenderError extends Error {
  override name = "ContenderError";
}

export class Contender {
  private constructor(
    readonly name: string,
    readonly ready: Ready,
    private readonly child: ChildProcessByStdio<Writable, Readable, Readable>,
    private readonly answers: Answers,
  ) {}

  /** Starts it, on the first so many processors of this process if that is where it is to train, and waits until it is ready. */
  static async start(
    name: string,
    { file, words }: Invocation,
    { processors, precision, hugePages = true }: Place,
    files: readonly string[],
    signal?: AbortSignal,
  ): Promise<Contender> {
    const pinned = processors === null ? [] : ["taskset", "-c", `0-${processors - 1}`];
    // A device of its own would wait for the loss to be read; a processor computes it.
    const ahead = processors === null ? 1 : 0;
    const threads = processors ?? availableParallelism();
    const [command, ...rest] = [...pinned, file, ...words, ...files, `${threads}`, precision, `${ahead}`];
    const child = spawn(command!, rest, {
      stdio: ["pipe", "pipe", "pipe"],
      env: environmentOf(processors, hugePages),
      killSignal: "SIGKILL",
      ...(signal && { signal }),
    });
    const answers = new Answers(name, child);
    return new Contender(name, await answers.next<Ready>(), child, answers);
  }

  /** One round of so many seconds. */
  round(seconds: number): Promise<Round> {
    this.child.stdin.write(`${seconds}\n`);
    return this.answers.next();
  }

  /** The most memory that it has held so far, in bytes. */
  async peakBytes(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid}/status`, "utf8");
    return 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)![1]);
  }

  /** Ends it; a child that is gone has ended. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    this.child.stdin.end();
    await ended;
  }
}

/**
 * What a shell sets for another library's threads or kernels is not the contenders'; all have memory in pages of one size; a GPU is no processor, and nobody
 * takes all its memory for himself.
 */
function environmentOf(processors: number | null, hugePages: boolean): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...rest } = process.env;
  const own = {
    ...rest,
    TF_CPP_MIN_LOG_LEVEL: "2",
    XLA_PYTHON_CLIENT_PREALLOCATE: "false",
    GLIBC_TUNABLES: `glibc.malloc.hugetlb=${hugePages ? 1 : 0}`,
  };
  if (processors === null) return own;
  return { ...own, OMP_NUM_THREADS: String(processors), CUDA_VISIBLE_DEVICES: "", JAX_PLATFORMS: "cpu" };
}

/** Lines of a child, one after another; its death is an error that says what it said last. */
class Answers {
  readonly #lines: AsyncIterator<string>;
  #complaint = "";

  constructor(
    private readonly name: string,
    child: ChildProcessByStdio<Writable, Readable, Readable>,
  ) {
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on("data", (chunk: Buffer) => {
      this.#complaint = `${this.#complaint}${chunk}`.slice(-2000);
    });
    child.on("error", (error) => {
      this.#complaint = error.message;
    });
    child.stdin.on("error", () => {}); // of a child that has ended; its last line says why
  }

  async next<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done) {
      const said = this.#complaint.trim().split("\n").at(-1) || "it said nothing";
      throw new ContenderError(`expected ${this.name} to answer, but it ended: ${said}`);
    }
    return JSON.parse(value as string) as T;
  }
}
