/** The screen's end of the thread that draws: tells it what the state wants, and tells the app what it reports. */
import { Worker } from "node:worker_threads";
import type { Command, DrawingRequest, Report } from "./messages.ts";
import { allowedPositions, type SampleAction, type SampleState } from "./state.ts";

/** Time between two frames that are shown, at least. */
const FRAME_MS = 66;

/** A thread that dies more often than so within that time is not started again for the same drawing. */
const MOST_DEATHS = 3;
const DEATHS_MS = 60_000;

export interface SamplingEvents {
  readonly dispatch: (action: SampleAction) => void;
  readonly onPicture: (report: Extract<Report, { type: "picture" | "picture-failed" }>) => void;
  /** Told in a line when the thread died and was started again. */
  readonly onRestart: (message: string) => void;
}

export class SamplingThread {
  /** Null after one that died too often. */
  #worker: Worker | null = null;
  #deaths: number[] = [];
  #events: SamplingEvents | null = null;
  #early: Report[] = [];
  #loaded: string | null = null;
  #drawing = -1;
  #allowed = Number.NaN;
  #lastShown = 0;

  /** @param entry module of the thread. */
  constructor(
    private readonly entry = new URL(
      import.meta.url.endsWith(".ts") ? "./from-source.mjs" : "./sampling-worker.js",
      import.meta.url,
    ),
  ) {
    this.#start();
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
    const isNew = state.path !== this.#loaded || state.drawing !== this.#drawing;
    if (this.#worker === null && isNew) this.#start();
    if (state.path !== this.#loaded) this.load(state.path);
    if (state.info === null || state.count === 0) return;
    const allowed = allowedPositions(state);
    if (state.drawing !== this.#drawing) {
      this.#drawing = state.drawing;
      this.#send({ type: "draw", id: state.drawing, request: requestOf(state), allowed });
    } else if (allowed !== this.#allowed) this.#send({ type: "allow", id: state.drawing, allowed });
    this.#allowed = allowed;
  }

  readPicture(path: string, model: string, rows: number): void {
    this.#send({ type: "read-picture", path, model, rows });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): void {
    // The thread's own output would land in the middle of the screen.
    const worker = new Worker(this.entry, { stdout: true, stderr: true });
    this.#worker = worker;
    this.#loaded = null;
    let why = "";
    worker.on("message", (report: Report) => this.#receive(report));
    worker.on("error", (error) => {
      why = error.message;
    });
    worker.on("exit", (code) => {
      if (worker === this.#worker) this.#tellOfItsEnd(why || `it ended with code ${code}`);
    });
  }

  /** Another thread goes on with the drawing, unless it is the drawing that kills threads. */
  #tellOfItsEnd(why: string): void {
    const now = performance.now();
    const path = this.#loaded;
    this.#deaths = [...this.#deaths.filter((then) => now - then < DEATHS_MS), now];
    if (this.#deaths.length > MOST_DEATHS) {
      this.#worker = null;
      this.#deaths = [];
      const message = `the drawing thread died ${MOST_DEATHS + 1} times within a minute: ${why}`;
      this.#events?.dispatch({ type: "draw-failed", id: this.#drawing, message });
      if (path !== null) this.#events?.dispatch({ type: "model-failed", path, message });
      return;
    }
    this.#start();
    if (path !== null) this.load(path);
    this.#events?.onRestart(`the drawing thread died (${why}) and was started again`);
    this.#events?.dispatch({ type: "redraw" });
  }

  #send(command: Command): void {
    this.#worker?.postMessage(command);
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
      case "picture":
      case "picture-failed":
        events.onPicture(report);
        break;
      default:
        report satisfies never;
    }
  }
}

function requestOf(state: SampleState): DrawingRequest {
  const { path, count, first, seed, temperature, classLabel, sampler, surprise, known } = state;
  return { path, count, first, seed, temperature, classLabel, sampler, surprise, known };
}
