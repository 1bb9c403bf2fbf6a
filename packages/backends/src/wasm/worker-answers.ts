import type { Worker } from "node:worker_threads";
import { BackendError } from "../backend-error.ts";

/** What a worker thread answers, in its order. Listens from the beginning on: a thread that dies between two questions is noticed. */
export class WorkerAnswers<T> {
  readonly #unread: T[] = [];
  #failure: BackendError | null = null;
  #waiting: { readonly resolve: (answer: T) => void; readonly reject: (error: BackendError) => void } | null =
    null;

  constructor(worker: Worker) {
    worker.on("message", (answer: T) => {
      if (this.#waiting === null) this.#unread.push(answer);
      else this.#waiting.resolve(answer);
      this.#waiting = null;
    });
    worker.on("error", (error) => this.#fail(error.message, error));
    worker.on("messageerror", (error) => this.#fail(error.message, error));
    worker.on("exit", (code) => this.#fail(`it ended with code ${code}`));
  }

  /** The next answer; asked for once at a time. @throws {BackendError} when the thread failed or ended instead. */
  next(): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#unread.length > 0) resolve(this.#unread.shift()!);
      else if (this.#failure !== null) reject(this.#failure);
      else this.#waiting = { resolve, reject };
    });
  }

  #fail(reason: string, cause?: unknown): void {
    this.#failure ??= new BackendError(`a worker thread failed: ${reason}; try --workers 1`, { cause });
    this.#waiting?.reject(this.#failure);
    this.#waiting = null;
  }
}
