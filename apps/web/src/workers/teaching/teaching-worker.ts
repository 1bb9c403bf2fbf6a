/** The worker that is taught, from the page's side: one a training. */
import { proxy, type Remote, wrap } from "comlink";
import type { Listener } from "./lesson.ts";
import type { TeachingEngine } from "./teaching-engine.ts";

export class TeachingWorker {
  readonly engine: Remote<TeachingEngine>;
  readonly #worker: Worker;

  /** @param listener is told of trouble as well when the worker itself ends. */
  constructor(listener: Listener) {
    this.#worker = new Worker(new URL("./teaching.worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      listener.trouble(event.message || "its worker ended");
    });
    this.engine = wrap<TeachingEngine>(this.#worker);
    void this.engine.listen(proxy(listener));
  }

  /** Stops it in whatever it does; what it learnt is gone. */
  end(): void {
    this.#worker.terminate();
  }
}
