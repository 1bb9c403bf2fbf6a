/** Ctrl-C and SIGTERM end a command gracefully; a later second one ends the app at once. A hang-up is another matter. */

/** A terminal signals every process of a group and some of them pass it on: one keystroke can arrive more than once. */
const SAME_KEYSTROKE_MS = 1000;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Leaves signals to the system again. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** @param onFirst told of the first signal, at once. */
export function onInterruption(onFirst: () => void = () => {}): Interruption {
  const controller = new AbortController();
  let first = 0;
  const end = () => {
    first = performance.now();
    controller.abort();
    onFirst();
  };
  const listen = () => {
    if (!controller.signal.aborted) end();
    else if (performance.now() - first > SAME_KEYSTROKE_MS) process.exit(130);
  };
  for (const name of SIGNALS) process.on(name, listen);
  return {
    signal: controller.signal,
    release() {
      for (const name of SIGNALS) process.off(name, listen);
    },
  };
}

/**
 * Tells of SIGHUP, which comes when the terminal goes away. Under `nohup` it should not reach an app, but Node takes back that a
 * signal is ignored, so whoever means to outlive a terminal has to listen.
 *
 * @returns what leaves it to the system again.
 */
export function onHangUp(listener: () => void): () => void {
  process.on("SIGHUP", listener);
  return () => process.off("SIGHUP", listener);
}
