/** A thread for every model that is drawn beside the first one. */
import { SamplingThread } from "./sampling-thread.ts";
import type { SampleAction, SampleState } from "./state.ts";

export class BesideThreads {
  readonly #threads: SamplingThread[] = [];

  /** @param dispatch told what a thread reports, and of which model. @param onRestart told in a line when one died. */
  constructor(
    private readonly dispatch: (index: number, action: SampleAction) => void,
    private readonly onRestart: (message: string) => void,
  ) {}

  /** Starts and ends threads as models come and go, and sends each what changed. */
  sync(samples: readonly SampleState[], isShown: boolean): void {
    while (this.#threads.length > samples.length) void this.#threads.pop()!.close();
    for (const [i, sample] of samples.entries()) {
      const thread = this.#threads[i] ?? this.#start(i);
      thread.sync({ ...sample, playing: sample.playing && isShown });
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #start(index: number): SamplingThread {
    const thread = new SamplingThread();
    this.#threads[index] = thread;
    const dispatch = (action: SampleAction) => {
      // One that was ended may still have said something.
      if (this.#threads[index] === thread) this.dispatch(index, action);
    };
    thread.listen({ dispatch, onPicture: () => {}, onRestart: this.onRestart });
    return thread;
  }
}
