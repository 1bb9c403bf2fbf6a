/** Ctrl-C and SIGTERM end a training gracefully; a second one ends the program at once. */

export interface Interruption {
  readonly signal: AbortSignal;
  /** Leaves signals to the system again. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export function onInterruption(): Interruption {
  const controller = new AbortController();
  const listen = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, listen);
  return {
    signal: controller.signal,
    release() {
      for (const name of SIGNALS) process.off(name, listen);
    },
  };
}
