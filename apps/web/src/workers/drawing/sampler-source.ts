/** The worker's one sampler at a time, and what to do when it fails. */
import type { Sampler } from "@pixelcnn/core";
import { type ChosenSampler, chooseSampler, incremental } from "./choose-sampler.ts";
import type { DeviceStatus, SamplerChoice } from "./device-status.ts";
import { factOf } from "./fact-of.ts";

export type ChooseSampler = typeof chooseSampler;

export class SamplerSource {
  #choice: SamplerChoice = "auto";
  #chosen: Promise<ChosenSampler> | null = null;
  readonly #onStatus: (status: DeviceStatus) => void;
  readonly #open: ChooseSampler;

  constructor(onStatus: (status: DeviceStatus) => void, choose: ChooseSampler = chooseSampler) {
    this.#onStatus = onStatus;
    this.#open = choose;
  }

  /** Takes effect with the next drawing. */
  choose(choice: SamplerChoice): void {
    if (choice === this.#choice && this.#chosen !== null) return;
    this.#choice = choice;
    this.#chosen = null;
  }

  current(): Promise<ChosenSampler> {
    this.#chosen ??= this.#ask();
    return this.#chosen;
  }

  /**
   * A sampler failed. True when another one takes its place.
   *
   * @param error what it failed with; a mistake of the request (an option out of range) is nobody's failure.
   */
  async giveUp(sampler: Sampler, error: unknown): Promise<boolean> {
    if (sampler.name !== "shader" || (error as Error).name !== "ShaderError") return false;
    const { sampler: now, status } = await this.current();
    // A device that goes away is replaced before a drawing notices, and another one may be chosen by then.
    if (now !== sampler) return true;
    this.#use(incremental(`The GPU gave up: ${factOf(error)}.`, status.adapter));
    return true;
  }

  async #ask(): Promise<ChosenSampler> {
    const chosen = await this.#open(this.#choice, async (reason) => {
      // A device that nobody draws with any more may go.
      if ((await this.#chosen) === chosen) this.#use(incremental(reason, chosen.status.adapter));
    });
    this.#onStatus(chosen.status);
    return chosen;
  }

  #use(chosen: ChosenSampler): void {
    this.#chosen = Promise.resolve(chosen);
    this.#onStatus(chosen.status);
  }
}
