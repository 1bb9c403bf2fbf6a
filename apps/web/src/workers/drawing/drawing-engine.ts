/** What the drawing worker offers to the page, through Comlink. It holds the models; the page holds only summaries. */
import { decodeModelFile, type Model } from "@pixelcnn/core";
import { type ProxyMarked, proxy } from "comlink";
import { checkBytes } from "./bytes-of-levels.ts";
import type { DeviceStatus, Measurement, SamplerChoice } from "./device-status.ts";
import type { DrawingRequest } from "./drawing-request.ts";
import { DrawingSession } from "./drawing-session.ts";
import type { ModelSummary } from "./model-summary.ts";
import { type ChooseSampler, SamplerSource } from "./sampler-source.ts";
import { summarise } from "./summarise.ts";

export class DrawingEngine {
  readonly #models = new Map<string, Model>();
  readonly #samplers: SamplerSource;
  #tell: (status: DeviceStatus) => void = () => {};

  /** @param choose how a choice becomes a sampler. */
  constructor(choose?: ChooseSampler) {
    this.#samplers = new SamplerSource((status) => this.#tell(status), choose);
  }

  /** Every change of sampler is told from now on. */
  listen(tell: ((status: DeviceStatus) => void) & ProxyMarked): void {
    this.#tell = tell;
  }

  choose(choice: SamplerChoice): void {
    this.#samplers.choose(choice);
  }

  /** Which sampler draws now. Asks for the GPU when nobody has yet. */
  async device(): Promise<DeviceStatus> {
    return (await this.#samplers.current()).status;
  }

  has(id: string): boolean {
    return this.#models.has(id);
  }

  /**
   * Reads a model file, whoever made it, and keeps the model under `id`.
   *
   * @throws {PixelCnnError} of core when the bytes are no model file, or not what they should be; {RangeError} when it has levels that
   * are no bytes.
   */
  load(id: string, bytes: ArrayBuffer): ModelSummary {
    const file = decodeModelFile(new Uint8Array(bytes));
    checkBytes(file.model.network.picture);
    this.#models.set(id, file.model);
    return summarise(file);
  }

  /** Begins a drawing; nothing is computed until its first `next`. The caller closes it. */
  open(id: string, request: DrawingRequest): DrawingSession & ProxyMarked {
    return proxy(new DrawingSession(this.#model(id), request, this.#samplers));
  }

  /** Draws with the current sampler and, when that is another one, with the incremental sampler on one core. */
  async measure(id: string): Promise<Measurement[]> {
    const model = this.#model(id);
    const { sampler, status } = await this.#samplers.current();
    // Few visitors ask.
    const { measure } = await import("./measure.ts");
    return measure(model, sampler, status.sampler);
  }

  #model(id: string): Model {
    const model = this.#models.get(id);
    if (model === undefined) throw new Error(`expected a model that was loaded before, got ${id}`);
    return model;
  }
}
