/** Ctrl-C and SIGTERM end a command gracefully; a later second one ends the program at once. */

/** A terminal signals every process of a group and some of them pass it on: one keystroke can arrive more than once. */
const SAME_KEYSTROKE_MS = 1000;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Leaves signals to the system again. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export function onInterruption(): Interruption {
  const controller = new AbortController();
  let first = 0;
  const listen = () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > SAME_KEYSTROKE_MS) process.exit(130);
  };
  for (const name of SIGNALS) process.on(name, listen);
  return {
    signal: controller.signal,
    release() {
      for (const name of SIGNALS) process.off(name, listen);
    },
  };
}
