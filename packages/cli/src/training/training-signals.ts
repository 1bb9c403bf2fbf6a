/** What reaches a training from outside: signals, and requests to stop that lie in its run directory. */
import { onHangUp, onInterruption } from "../interruption.ts";

/**
 * SIGINT and SIGTERM end a training, as does a request to stop. A hang-up ends one that a terminal shows; where nobody watches (under
 * `nohup`, in a service, in a pipe) it only wants a checkpoint. Listens to hang-ups from the first moment on.
 */
export class TrainingSignals {
  readonly #isWatched = process.stdout.isTTY === true;
  readonly #ending = new AbortController();
  #wantsCheckpoint = false;
  #hasBegun = false;
  readonly #released: (() => void)[] = [];

  constructor() {
    this.#released.push(
      onHangUp(() => {
        if (!this.#isWatched) this.#wantsCheckpoint = true;
        else if (this.#hasBegun) this.#ending.abort();
        else process.exit(129);
      }),
    );
  }

  /**
   * Listens to the rest: until now there was nothing to save.
   *
   * @param stopping of the run's writer.
   * @param onFirst told when somebody interrupts.
   * @returns what ends the training.
   */
  begin(stopping: AbortSignal, onFirst: () => void): AbortSignal {
    const interruption = onInterruption(onFirst);
    this.#released.push(interruption.release);
    this.#hasBegun = true;
    return AbortSignal.any([this.#ending.signal, interruption.signal, stopping]);
  }

  /** Does anybody want a checkpoint? True once. */
  takeWish(): boolean {
    const wish = this.#wantsCheckpoint;
    this.#wantsCheckpoint = false;
    return wish;
  }

  /** Leaves signals to the system again. */
  release(): void {
    for (const release of this.#released) release();
  }
}
