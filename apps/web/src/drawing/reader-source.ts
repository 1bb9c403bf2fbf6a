/** The worker's one reader at a time, and what to do when it fails. */
import type { Reader } from "@pixelcnn/core";
import { type ChosenReader, chooseReader, incremental } from "./choose-reader.ts";
import type { DeviceStatus, ReaderChoice } from "./device-status.ts";
import { factOf } from "./fact-of.ts";

export type ChooseReader = typeof chooseReader;

export class ReaderSource {
  #choice: ReaderChoice = "auto";
  #chosen: Promise<ChosenReader> | null = null;
  readonly #onStatus: (status: DeviceStatus) => void;
  readonly #open: ChooseReader;

  constructor(onStatus: (status: DeviceStatus) => void, choose: ChooseReader = chooseReader) {
    this.#onStatus = onStatus;
    this.#open = choose;
  }

  /** Takes effect with the next drawing. */
  choose(choice: ReaderChoice): void {
    if (choice === this.#choice && this.#chosen !== null) return;
    this.#choice = choice;
    this.#chosen = null;
  }

  current(): Promise<ChosenReader> {
    this.#chosen ??= this.#ask();
    return this.#chosen;
  }

  /**
   * A reader failed. True when another one takes its place.
   *
   * @param error what it failed with; a mistake of the request (an option out of range) is nobody's failure.
   */
  async giveUp(reader: Reader, error: unknown): Promise<boolean> {
    if (reader.name !== "shader" || (error as Error).name !== "ShaderError") return false;
    const { status } = await this.current();
    this.#use(incremental(`The GPU gave up: ${factOf(error)}.`, status.adapter));
    return true;
  }

  async #ask(): Promise<ChosenReader> {
    const chosen = await this.#open(this.#choice, (reason) => {
      this.#use(incremental(reason, chosen.status.adapter));
    });
    this.#onStatus(chosen.status);
    return chosen;
  }

  #use(chosen: ChosenReader): void {
    this.#chosen = Promise.resolve(chosen);
    this.#onStatus(chosen.status);
  }
}
