/**
 * The running app: holds the state, carries out effects, and tells whoever shows it that something changed. What a person
 * did is shown at once, everything else at the next tick, so that nothing makes more frames than the clock.
 */
import type { AppAction, AppState, Effect } from "./state.ts";
import { update } from "./update.ts";

const showsNow: ReadonlySet<AppAction["type"]> = new Set(["key", "resize", "tick"]);

export class Store {
  readonly #listeners = new Set<() => void>();
  #shown = true;
  #isClosed = false;

  /** @param perform carries out what an action asks for beyond the state. @param sync is told every new state. */
  constructor(
    private current: AppState,
    private readonly perform: (effect: Effect, state: AppState) => void,
    private readonly sync: (state: AppState) => void,
  ) {}

  readonly state = (): AppState => this.current;

  readonly dispatch = (action: AppAction): void => {
    if (this.#isClosed) return;
    const { state, effects } = update(this.current, action);
    const changed = state !== this.current;
    this.current = state;
    // Before the effects: one that dispatches is told of after this, or the older state would be the last that is heard of.
    if (changed) {
      this.#shown = false;
      this.sync(state);
    }
    for (const effect of effects) this.perform(effect, state);
    if (this.#shown || !showsNow.has(action.type)) return;
    this.#shown = true;
    for (const listener of this.#listeners) listener();
  };

  /** From now on nothing happens: a thread that is about to end may still report, and what would be begun then nobody ends. */
  close(): void {
    this.#isClosed = true;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
