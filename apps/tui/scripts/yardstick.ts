/**
 * How slow this machine's cores are while something else is measured: the processor time that a fixed piece of work takes. Where others share a core, its
 * clock and its caches, the same work takes several times as much, now and not a minute later; what an app costs says little without that.
 */

/** Does its work every so often, from the moment it is made until it is stopped. */
export class Yardstick {
  readonly #timer: NodeJS.Timeout;
  #totalMs = 0;
  #times = 0;

  constructor() {
    for (let i = 0; i < TIMES_UNTIL_COMPILED; i++) work();
    this.#timer = setInterval(() => this.#take(), INTERVAL_MS);
  }

  /** @returns milliseconds of processor time that the work took, the mean. */
  stop(): number {
    clearInterval(this.#timer);
    if (this.#times === 0) this.#take();
    return this.#totalMs / this.#times;
  }

  #take(): void {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    this.#totalMs += (user + system) / 1000;
    this.#times += 1;
  }
}

/** Seldom enough to take nothing from the app, and with pauses as the app has them, in which others fill the caches. */
const INTERVAL_MS = 250;
const TIMES_UNTIL_COMPILED = 100;
const LINES = 40;
const COLUMNS = 120;

/** What the app does most: lines of text are put together, compared and taken apart, and objects come and go. */
function work(): number {
  const rows = Array.from({ length: LINES }, (_, y) => ({
    y,
    cells: Array.from({ length: COLUMNS }, (_, x) => `\x1b[38;5;${(x * y) % 256}m▀`),
  }));
  const lines = rows.map(({ cells }) => cells.join(""));
  const back: unknown[] = JSON.parse(JSON.stringify(lines));
  return back.filter((line, y) => line === lines[y]).length + lines.join("\n").split("\x1b").length;
}
