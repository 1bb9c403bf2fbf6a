/**
 * A drawing as it is shown: pixels arrive from the worker in pieces, and are shown at a pace. Positions beyond `shown` are
 * computed and waiting; when enough wait, the worker is not asked for more. So pause, step, slow motion and a hidden page
 * stop the computing as well.
 */
import type { PictureShape } from "@pixelcnn/core";
import { releaseProxy } from "comlink";
import type { DrawingRequest, DrawingStep } from "../../workers/drawing/drawing-request.ts";
import type { EngineWorker } from "../../workers/drawing/engine-worker.ts";
import { knownPositions } from "../../workers/drawing/known-positions.ts";
import type { ModelEntry } from "../models/model-entry.ts";
import { type Pace, positionsPerSecond } from "./pace.ts";

export type PlaybackState = "loading" | "drawing" | "paused" | "done" | "failed";

/** What changes seldom, for React. Replaced, never changed. */
export interface PlaybackSnapshot {
  readonly state: PlaybackState;
  /** Null while the model loads. */
  readonly picture: PictureShape | null;
  /** Rows that are wholly shown. */
  readonly rows: number;
  /** Time that the worker has computed. */
  readonly computeMs: number;
  /** A sentence, when failed. */
  readonly error: string | null;
}

type RemoteSession = Awaited<ReturnType<EngineWorker["running"]["engine"]["open"]>>;

/** A drawing in its worker. */
interface Session {
  /** @throws a sentence when the worker ended. */
  readonly next: () => Promise<DrawingStep | null>;
  readonly close: () => void;
}

export interface PlaybackOptions {
  readonly pace: Pace;
  /** Starts by itself. */
  readonly playing: boolean;
  /** Who draws. */
  readonly worker: EngineWorker;
  /** The visitor did not ask for this model. */
  readonly isUnasked?: boolean;
}

export class Playback {
  /** Levels, [count, H, W, C]. */
  pixels: Uint8Array = new Uint8Array(0);
  /** Nats, [count, H, W, C], when asked for. */
  logProbabilities: Float32Array | null = null;
  /** Positions that are shown, of `total`, the same in all pictures. */
  shown = 0;
  /** Positions that the worker has drawn. */
  available = 0;
  total = 0;
  readonly count: number;
  snapshot: PlaybackSnapshot = { state: "loading", picture: null, rows: 0, computeMs: 0, error: null };

  #exactShown = 0;
  #pace: Pace;
  #playing: boolean;
  readonly #worker: EngineWorker;
  readonly #isUnasked: boolean;
  #inView = true;
  #closed = false;
  #session: Session | null = null;
  #pulling = false;
  #lastTick = 0;
  #frame = 0;
  readonly #listeners = new Set<() => void>();

  constructor(entry: ModelEntry, request: DrawingRequest, options: PlaybackOptions) {
    const { pace, playing, worker, isUnasked = false } = options;
    this.count = request.count;
    this.#pace = pace;
    this.#playing = playing;
    this.#worker = worker;
    this.#isUnasked = isUnasked;
    if (entry.summary !== null) this.#prepare(entry.summary.picture, request);
    void this.#start(entry, request).catch((error) => this.#fail(error));
  }

  /** Told whenever something is to be painted or the snapshot was replaced. Returns how to stop listening. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): PlaybackSnapshot => this.snapshot;

  play(): void {
    this.#playing = true;
    this.#changed();
    this.#tickSoon();
  }

  pause(): void {
    this.#playing = false;
    this.#changed();
  }

  /** Shows one more position, and pauses. */
  step(): void {
    this.#playing = false;
    this.#exactShown = Math.min(Math.floor(this.#exactShown) + 1, this.total);
    this.#changed();
    this.#tickSoon();
  }

  setPace(pace: Pace): void {
    this.#pace = pace;
    this.#tickSoon();
  }

  /** A drawing that nobody can see rests. */
  setInView(inView: boolean): void {
    this.#inView = inView;
    this.#tickSoon();
  }

  /** Ends it, in the middle too. */
  close(): void {
    this.#closed = true;
    cancelAnimationFrame(this.#frame);
    this.#listeners.clear();
    this.#endSession();
  }

  async #start(entry: ModelEntry, request: DrawingRequest): Promise<void> {
    const { picture } = await this.#worker.loadModel(entry, this.#isUnasked);
    if (this.#closed) return;
    if (this.snapshot.picture === null) this.#prepare(picture, request);
    const { running } = this.#worker;
    const session = await running.ask((engine) => engine.open(entry.id, request));
    // Of this worker, not of the one that may run by then.
    this.#session = { next: () => running.ask(() => session.next()), close: () => close(session, running) };
    if (this.#closed) return this.#endSession();
    this.#changed();
    this.#tickSoon();
  }

  /** Room for the pictures, as soon as their size is known. */
  #prepare(picture: PictureShape, request: DrawingRequest): void {
    const { height, width, channels } = picture;
    this.total = height * width;
    this.pixels = new Uint8Array(this.count * this.total * channels);
    this.#exactShown = knownPositions(request.known, picture);
    this.snapshot = { ...this.snapshot, picture };
  }

  #tickSoon(): void {
    if (this.#closed || this.#frame !== 0 || this.#isLoading) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0;
      this.#tick(now);
    });
  }

  #tick(now: number): void {
    const elapsedMs = Math.min(100, now - this.#lastTick); // a page that was hidden does not jump
    this.#lastTick = now;
    const active = this.#playing && this.#inView;
    if (active) this.#advance(elapsedMs);
    const shown = Math.min(this.available, Math.floor(this.#exactShown));
    if (this.available < Math.min(this.total, this.#wanted(active))) {
      void this.#pull().catch((error) => this.#fail(error));
    }
    if (shown !== this.shown) {
      this.shown = shown;
      this.#changed();
    }
    if (active && this.shown < this.total) this.#tickSoon();
  }

  #advance(elapsedMs: number): void {
    const perSecond = positionsPerSecond(this.#pace, this.total);
    // Two frames may have the same time, and nothing times no limit is no number.
    const further = Number.isFinite(perSecond) ? (perSecond * elapsedMs) / 1000 : this.total;
    const next = Math.min(this.available, this.#exactShown + further);
    // Known pixels are ahead of what is available at first.
    if (this.#pace !== "whole" || this.available === this.total)
      this.#exactShown = Math.max(this.#exactShown, next);
  }

  /** Positions that the worker should have drawn by now: a quarter of a second ahead of what is shown. */
  #wanted(active: boolean): number {
    if (!active) return this.#exactShown;
    const perSecond = positionsPerSecond(this.#pace, this.total);
    return Number.isFinite(perSecond) ? this.#exactShown + perSecond / 4 : this.total;
  }

  async #pull(): Promise<void> {
    if (this.#pulling || this.#session === null) return;
    this.#pulling = true;
    try {
      const step = await this.#session.next();
      if (this.#closed) return;
      if (step !== null) this.#receive(step);
      if (step === null || this.available === this.total) this.#endSession();
    } finally {
      this.#pulling = false;
    }
    this.#tickSoon();
  }

  #receive({ pixels, logProbabilities, position, computeMs }: DrawingStep): void {
    this.pixels = pixels;
    this.logProbabilities = logProbabilities;
    this.available = position;
    this.snapshot = { ...this.snapshot, computeMs };
  }

  #changed(): void {
    const { picture } = this.snapshot;
    const done = this.total > 0 && this.shown === this.total;
    const state = this.snapshot.error !== null ? "failed" : done ? "done" : this.#stateOfPlay();
    const rows = picture === null ? 0 : Math.floor(this.shown / picture.width);
    if (state !== this.snapshot.state || rows !== this.snapshot.rows) {
      this.snapshot = { ...this.snapshot, state, rows };
    }
    for (const listener of this.#listeners) listener();
  }

  #stateOfPlay(): PlaybackState {
    if (this.#isLoading) return "loading";
    return this.#playing ? "drawing" : "paused";
  }

  get #isLoading(): boolean {
    return this.#session === null && this.available === 0;
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.snapshot = { ...this.snapshot, error: (error as Error).message };
    this.#endSession();
    this.#changed();
  }

  #endSession(): void {
    this.#session?.close();
    this.#session = null;
  }
}

function close(session: RemoteSession, running: EngineWorker["running"]): void {
  void running
    .ask(() => session.close())
    .catch(() => {})
    .finally(() => session[releaseProxy]());
}
