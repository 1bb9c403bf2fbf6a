/** Reads the machine while somebody looks at it. */

import { readGpus } from "./read-gpus.ts";
import { HostReader } from "./read-host.ts";
import type { DevicesAction, GpuReading } from "./state.ts";

const READ_MS = 2000;

export class DeviceWatcher {
  #timer: NodeJS.Timeout | null = null;
  #host = new HostReader();
  #hasGpus = true;

  constructor(private readonly dispatch: (action: DevicesAction) => void) {}

  /** Begins and ends to read. */
  sync(isWatched: boolean): void {
    if (isWatched && this.#timer === null) {
      this.#host = new HostReader();
      this.#timer = setInterval(() => void this.#read(), READ_MS);
      void this.#read();
    }
    if (!isWatched) this.close();
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #read(): Promise<void> {
    const host = this.#host.read();
    const gpus: GpuReading[] | null = this.#hasGpus ? await readGpus() : null;
    this.#hasGpus = gpus !== null;
    if (this.#timer !== null) this.dispatch({ type: "devices-read", host, gpus: gpus ?? [] });
  }
}
