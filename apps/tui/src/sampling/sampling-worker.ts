/**
 * Entry of the thread that draws. It draws as far as it is allowed to, so that the screen sets the pace, and sends a frame
 * only when the one before was shown, so that no backlog grows.
 */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { enableRelaxedSimd } from "@pixelcnn/backends";
import { countWeights, decodeModelFile, type ModelFile, sample } from "@pixelcnn/core";
import { labelsInTurn } from "@pixelcnn/drawing/class-labels";
import { plainMessage } from "../app/plain-message.ts";
import type { Command, DrawingRequest, DrawnFrame, Report } from "./messages.ts";
import { openSampler } from "./samplers.ts";

/** Longest model file that is read. */
const MAX_BYTES = 2 ** 30;

enableRelaxedSimd();

const port = parentPort!;
const send = (report: Report) => port.postMessage(report);
let current: Drawing | null = null;

port.on("message", (command: Command) => {
  switch (command.type) {
    case "load":
      void load(command.path);
      break;
    case "draw":
      current?.end();
      current = new Drawing(command.id, command.request, command.allowed);
      void current.run();
      break;
    case "allow":
      current?.allow(command.id, command.allowed);
      break;
    case "shown":
      current?.shown(command.id);
      break;
    case "read-picture":
      void readPicture(command);
      break;
    default:
      command satisfies never;
  }
});

class Drawing {
  #ended = false;
  #mayPost = true;
  #waiting: DrawnFrame | null = null;
  #wake: () => void = () => {};
  #isWarm = false;
  #drawnPositions = 0;
  #busyMs = 0;

  constructor(
    readonly id: number,
    readonly request: DrawingRequest,
    private allowed: number,
  ) {}

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  allow(id: number, allowed: number): void {
    if (id !== this.id) return;
    this.allowed = allowed;
    this.#wake();
  }

  shown(id: number): void {
    if (id !== this.id) return;
    this.#mayPost = true;
    if (this.#waiting !== null) this.#post(this.#waiting);
  }

  async run(): Promise<void> {
    try {
      const { model } = await readModel(this.request.path);
      const { sampler, label } = await openSampler(this.request.sampler);
      const { height, width } = model.network.picture;
      for (let batch = 0; !this.#ended; batch++) {
        await this.#until(batch * height * width);
        if (this.#ended) return;
        await this.#drawBatch(batch, { model, sampler, label });
      }
    } catch (error) {
      if (!this.#ended) send({ type: "draw-failed", id: this.id, message: plainMessage(error) });
    }
  }

  async #drawBatch(
    batch: number,
    { model, sampler, label }: { model: ModelFile["model"] } & Awaited<ReturnType<typeof openSampler>>,
  ): Promise<void> {
    const { count, seed, temperature, surprise, known } = this.request;
    const { classes, picture } = model.network;
    const first = this.request.first + batch * count;
    const frames = sample(model, {
      count,
      seed,
      temperature,
      sampler,
      batchSize: count, // all grow together
      firstIndex: first,
      logProbabilities: surprise,
      ...(classes > 0 && { classLabel: labelsOf(this.request, first, classes) }),
      ...(known && { known }),
    });
    let before = 0;
    let started = performance.now();
    for await (const { position, pixels, logProbabilities } of frames) {
      // The first frame pays for compiling and packing, once for a model: it tells nothing of the speed.
      if (this.#isWarm) {
        this.#busyMs += performance.now() - started;
        this.#drawnPositions += (position - before) * count;
      }
      this.#isWarm = true;
      before = position;
      const [drawnPositions, busyMs] = [this.#drawnPositions, this.#busyMs];
      const drawn = { batch, first, count, position, pixels, logProbabilities };
      this.#post({ ...drawn, sampler: label, drawnPositions, busyMs });
      await setImmediate(); // lets commands in
      await this.#until(batch * picture.height * picture.width + position);
      if (this.#ended) return;
      started = performance.now();
    }
  }

  /** Waits until more than `position` positions are allowed. */
  async #until(position: number): Promise<void> {
    while (!this.#ended && this.allowed <= position) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #post(frame: DrawnFrame): void {
    // The arrays go on changing under the generator, and a message is a copy of the moment it is sent.
    if (this.#ended) return;
    this.#waiting = this.#mayPost ? null : frame;
    if (!this.#mayPost) return;
    this.#mayPost = false;
    send({ type: "frame", id: this.id, frame });
  }
}

function labelsOf({ classLabel, count }: DrawingRequest, first: number, classes: number): number[] {
  return classLabel === null
    ? labelsInTurn(count, classes, first)
    : new Array<number>(count).fill(classLabel);
}

let newest: { readonly key: string; readonly file: ModelFile } | null = null;

/** A model file, read once as long as it does not change. */
async function readModel(path: string): Promise<ModelFile> {
  const { size, mtimeMs } = await stat(path);
  if (size > MAX_BYTES) throw new Error(`expected at most ${MAX_BYTES} bytes, got ${size}`);
  const key = `${path} ${size} ${mtimeMs}`;
  if (newest?.key !== key) newest = { key, file: decodeModelFile(await readFile(path)) };
  return newest.file;
}

async function load(path: string): Promise<void> {
  try {
    const { model, provenance } = await readModel(path);
    const { picture, classes } = model.network;
    const { dataset } = provenance;
    const classNames = classes === 0 ? null : (await import("./class-names.ts")).classNamesOf(dataset);
    const info = { picture, classes, classNames, weights: countWeights(model.network), dataset };
    send({ type: "loaded", path, info });
  } catch (error) {
    send({ type: "load-failed", path, message: plainMessage(error) });
  }
}

async function readPicture({ path, model, rows }: Extract<Command, { type: "read-picture" }>): Promise<void> {
  try {
    const { model: found, preparation } = await readModel(model);
    // A path is meant from where the app was started.
    const file = resolve(process.env.INIT_CWD ?? ".", path);
    const { knownRows } = await import("@pixelcnn/drawing");
    send({ type: "picture", known: await knownRows(file, rows, found.network, preparation, { name: path }) });
  } catch (error) {
    send({ type: "picture-failed", message: plainMessage(error) });
  }
}
