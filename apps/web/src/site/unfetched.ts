/**
 * What could not be fetched from the site, and trying again: when the visitor asks, and by itself when the device is online again.
 * Whoever failed for want of a file listens to `attempt`.
 */
import { create } from "zustand";

interface Unfetched {
  /** What the last failure was: a sentence; null when there is nothing to try again. */
  readonly problem: string | null;
  /** Another number asks everybody who failed to try again. */
  readonly attempt: number;
  readonly again: () => void;
}

export const useUnfetched = create<Unfetched>((set) => ({
  problem: null,
  attempt: 0,
  again: () => set(({ attempt }) => ({ problem: null, attempt: attempt + 1 })),
}));

/** Said in the place of a model that nobody asked for by name. */
export const NEEDS_NETWORK = "This model was not looked at yet; it needs the network once.";

/** Says it to the visitor, unless they did not ask for it. @returns the error to throw. */
export function unfetched(what: string, cause: unknown, isUnasked = false): Error {
  const why = navigator.onLine ? "the site does not answer" : "this device is offline";
  const problem = `${what} could not be fetched: ${why}.`;
  window.addEventListener("online", useUnfetched.getState().again, { once: true });
  if (isUnasked) return new Error(NEEDS_NETWORK, { cause });
  useUnfetched.setState({ problem });
  return new Error(problem, { cause });
}
