/** The screen's end of the thread that draws: tells it what the state wants, and tells the program what it reports. */
import { Worker } from "node:worker_threads";
import type { Command, DrawingRequest, Report } from "./messages.ts";
import { allowedPositions, type SampleAction, type SampleState } from "./state.ts";

/** Time between two frames that are shown, at least. */
const FRAME_MS = 66;

export interface SamplingEvents {
  readonly dispatch: (action: SampleAction) => void;
  readonly onImage: (report: Extract<Report, { type: "image" | "image-failed" }>) => void;
}

export class SamplingThread {
  readonly #worker: Worker;
  #events: SamplingEvents | null = null;
  #early: Report[] = [];
  #loaded: string | null = null;
  #drawing = -1;
  #allowed = Number.NaN;
  #lastShown = 0;

  constructor() {
    const entry = import.meta.url.endsWith(".ts") ? "./from-source.mjs" : "./sampling-worker.js";
    // The thread's own output would land in the middle of the screen.
    this.#worker = new Worker(new URL(entry, import.meta.url), { stdout: true, stderr: true });
    this.#worker.on("message", (report: Report) => this.#receive(report));
    this.#worker.on("error", (error) => this.#fail(error.message));
  }

  /** From now on reports go there, first the ones that were early. */
  listen(events: SamplingEvents): void {
    this.#events = events;
    for (const report of this.#early.splice(0)) this.#receive(report);
  }

  /** Reads a model file before anybody listens: the first picture should be there soon. */
  load(path: string): void {
    this.#loaded = path;
    this.#send({ type: "load", path });
  }

  /** Sends what changed. */
  sync(state: SampleState): void {
    if (state.path !== this.#loaded) this.load(state.path);
    if (state.info === null || state.count === 0) return;
    const allowed = allowedPositions(state);
    if (state.drawing !== this.#drawing) {
      this.#drawing = state.drawing;
      this.#send({ type: "draw", id: state.drawing, request: requestOf(state), allowed });
    } else if (allowed !== this.#allowed) this.#send({ type: "allow", id: state.drawing, allowed });
    this.#allowed = allowed;
  }

  readImage(path: string, model: string, rows: number): void {
    this.#send({ type: "read-image", path, model, rows });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(command: Command): void {
    this.#worker.postMessage(command);
  }

  #receive(report: Report): void {
    const events = this.#events;
    if (events === null) {
      this.#early.push(report);
      return;
    }
    switch (report.type) {
      case "loaded":
        events.dispatch({ type: "model-loaded", path: report.path, info: report.info });
        break;
      case "load-failed":
        events.dispatch({ type: "model-failed", path: report.path, message: report.message });
        break;
      case "frame": {
        events.dispatch({ type: "frame", id: report.id, frame: report.frame });
        const wait = Math.max(0, this.#lastShown + FRAME_MS - performance.now());
        setTimeout(() => {
          this.#lastShown = performance.now();
          this.#send({ type: "shown", id: report.id });
        }, wait);
        break;
      }
      case "draw-failed":
        events.dispatch({ type: "draw-failed", id: report.id, message: report.message });
        break;
      case "image":
      case "image-failed":
        events.onImage(report);
        break;
      default:
        report satisfies never;
    }
  }

  #fail(message: string): void {
    this.#events?.dispatch({
      type: "draw-failed",
      id: this.#drawing,
      message: `the drawing thread failed: ${message}`,
    });
  }
}

function requestOf(state: SampleState): DrawingRequest {
  const { path, count, first, seed, temperature, classLabel, sampler, surprise, known } = state;
  return { path, count, first, seed, temperature, classLabel, sampler, surprise, known };
}
