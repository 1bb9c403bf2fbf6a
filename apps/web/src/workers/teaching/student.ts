/** The model that is taught: its network, its start, and a step. */
import { decodeModelFile, encodeModelFile, type Model, presets, sample } from "@pixelcnn/core";
import {
  type EngineOptions,
  initialise,
  type TrainingVectors,
  warmStart,
  yieldToEvents,
} from "@pixelcnn/core/training";
import { WasmEngine } from "@pixelcnn/wasm-engine";
import {
  type Beginning,
  CELLS,
  type Lesson,
  type Memory,
  OF_EACH,
  PICTURE,
  type Sheet,
  type Shown,
  type Start,
  TEMPERATURE,
} from "./lesson.ts";
import { batchAt, heldOutBatch } from "./lesson-batch.ts";
import { recognisedCells } from "./recognised-cells.ts";

const SIZE = PICTURE.height * PICTURE.width;
/** Channels: as many as `glyphs` has, so that its weights fit; else half of them, which learns as well and in a third of the time. */
const CHANNELS = { glyphs: 32, nothing: 16 } as const;
const LAYERS = 4;
/** Those of the first blocks of `glyphs`: they reach eleven pixels to every side, two thirds of a picture. */
const DILATIONS = [1, 2, 1, 4];
const RATE = { glyphs: 0.004, nothing: 0.01 } as const;
const SLOWER = 1 / 4;
const WARM_UP_STEPS = 20;
/** Drawing hears nothing of the page for so long at most. */
const DEAF_MS = 20;
const ADAM: EngineOptions = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1, averageDecay: 0.98 };

export class Student {
  readonly #engine: WasmEngine;
  readonly #beginning: Beginning;
  #natsOfLast = Number.NaN;

  private constructor(beginning: Beginning) {
    this.#beginning = beginning;
    const { start, seed, learned } = beginning;
    const fresh = initialise(networkOf(start), seed);
    const model = learned === null ? fresh : warmStart(fresh, decodeModelFile(new Uint8Array(learned)).model);
    this.#engine = new WasmEngine(model, ADAM);
  }

  /** @throws {ShapeError} when a memory is that of another network. */
  static async begin(beginning: Beginning): Promise<Student> {
    const student = new Student(beginning);
    const { memory } = beginning;
    if (memory !== null) await student.#engine.restore(memory.step, memory.vectors as TrainingVectors);
    return student;
  }

  get step(): number {
    return this.#engine.step;
  }

  /** One step. @returns mean nats per picture before it. */
  async learn({ shown, varied, slower }: Lesson): Promise<number> {
    const { seed } = this.#beginning;
    const step = this.step + 1;
    const rate = RATE[this.#beginning.start] * Math.min(1, step / WARM_UP_STEPS) * (slower ? SLOWER : 1);
    const { nats } = await this.#engine.train(batchAt(shown, varied, seed, step), rate, {
      seed,
      indices: [],
      step,
    });
    this.#natsOfLast = nats;
    return nats;
  }

  /**
   * Draws from the same noise every time, every drawn cell in turn, and measures.
   *
   * @param isWanted asked now and then; once it is not, drawing is given up and there is no sheet.
   */
  async draw(shown: readonly Shown[], isWanted: () => boolean = () => true): Promise<Sheet | null> {
    const used = [...new Set(shown.map(({ cell }) => cell))];
    const count = OF_EACH * used.length;
    const cells = Array.from({ length: count }, (_, i) => used[i % used.length]!);
    const pixels = new Uint8Array(count * SIZE);
    const drawing = sample(await this.#model(), {
      count,
      seed: this.#beginning.seed,
      classLabel: cells,
      batchSize: count,
      temperature: TEMPERATURE,
    });
    let heardMs = performance.now();
    for await (const frame of drawing) {
      if (frame.complete) pixels.set(frame.pixels, frame.firstIndex * SIZE);
      if (!frame.complete && performance.now() - heardMs < DEAF_MS) continue;
      await yieldToEvents();
      if (!isWanted()) return null;
      heardMs = performance.now();
    }
    const nats = await this.#engine.nats(heldOutBatch(shown, this.#beginning.seed));
    await yieldToEvents();
    if (!isWanted()) return null;
    const heldOut = nats.reduce((sum, one) => sum + one, 0) / nats.length;
    return {
      step: this.step,
      pixels,
      cells,
      heldOut,
      recognisedCells: recognisedCells(pixels, cells, shown),
    };
  }

  /** The averaged weights as a model file. */
  async file(): Promise<Uint8Array<ArrayBuffer>> {
    const { start } = this.#beginning;
    return encodeModelFile({
      model: await this.#model(),
      preparation: { levels: PICTURE.levels, binarise: null },
      provenance: {
        dataset: "drawings",
        command: start === "nothing" ? "taught in a browser" : "taught in a browser, from glyphs",
        date: new Date().toISOString().slice(0, 10),
        steps: this.step,
        trainNats: Number.isFinite(this.#natsOfLast) ? this.#natsOfLast : null,
        validation: null,
        test: null,
      },
    });
  }

  /** What it needs to go on another day. */
  async memory(): Promise<Memory> {
    return { step: this.step, vectors: await this.#engine.vectors() };
  }

  async #model(): Promise<Model> {
    const { averagedWeights, averagedStatistics } = await this.#engine.vectors();
    return this.#engine.layout.toModel(averagedWeights, averagedStatistics);
  }
}

function networkOf(start: Start) {
  return presets.gated({
    picture: PICTURE,
    classes: CELLS,
    channels: CHANNELS[start],
    layers: LAYERS,
    dilations: DILATIONS,
  });
}
