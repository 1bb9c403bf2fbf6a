/** What the operating system tells of this machine and of this process. */
import { readFileSync } from "node:fs";
import { cpus, freemem, totalmem } from "node:os";
import type { HostReading } from "./state.ts";

/** Reads shares over the time since it was asked before. */
export class HostReader {
  #cores = coreTimes();
  #app = process.cpuUsage();
  #ms = performance.now();
  #isFirst = true;

  read(): HostReading {
    const [before, cores] = [this.#cores, coreTimes()];
    const app = process.cpuUsage(this.#app);
    const now = performance.now();
    const total = cores.total - before.total;
    const busy = this.#isFirst || total <= 0 ? null : 1 - (cores.idle - before.idle) / total;
    const appBusy = this.#isFirst ? null : (app.user + app.system) / 1000 / (now - this.#ms);
    this.#cores = cores;
    this.#app = process.cpuUsage();
    this.#ms = now;
    this.#isFirst = false;
    return {
      processor: cpus()[0]?.model.trim() || process.arch,
      cores: cpus().length,
      ...{ busy, appBusy },
      memory: totalmem(),
      memoryFree: availableMemory(),
      appMemory: process.memoryUsage.rss(),
    };
  }
}

function coreTimes(): { readonly idle: number; readonly total: number } {
  let [idle, total] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, total };
}

/** Linux gives caches back when memory is wanted, and says how much there would be then (proc(5), MemAvailable). */
function availableMemory(): number {
  try {
    const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
    return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  } catch {
    return freemem();
  }
}
