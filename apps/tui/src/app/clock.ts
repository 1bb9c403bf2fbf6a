/** Ticks while something moves. At rest there is no timer: an app that shows the same all the time costs nothing. */

/** Ticks without a change until it rests: what is to be seen some frames later is out by then. */
const TICKS_TO_REST = 25;

export class Clock {
  #timer: NodeJS.Timeout | null = null;
  #last = 0;
  #unchanged = 0;
  #isClosed = false;

  /**
   * @param intervalMs between two ticks.
   * @param tick is told how long after the last one it comes.
   * @param mayRest whether nothing moves by itself.
   */
  constructor(
    private readonly intervalMs: number,
    private readonly tick: (ms: number) => void,
    private readonly mayRest: () => boolean,
  ) {}

  /** To be told of every change: begins to tick, or goes on for a while. */
  wake(): void {
    this.#unchanged = 0;
    if (this.#timer !== null || this.#isClosed) return;
    this.#last = performance.now();
    this.#timer = setInterval(() => this.#run(), this.intervalMs);
  }

  /** For good: a timer that a late change began would keep the process from its end. */
  close(): void {
    this.#isClosed = true;
    this.#rest();
  }

  #rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    const now = performance.now();
    const ms = now - this.#last;
    this.#last = now;
    this.#unchanged += 1;
    this.tick(ms);
    if (this.#unchanged > TICKS_TO_REST && this.mayRest()) this.#rest();
  }
}
