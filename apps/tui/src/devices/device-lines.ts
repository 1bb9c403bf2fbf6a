/** The devices view as text: this machine, its cards, what draws and trains on them, and the engines. */
import type { ProbeAnswer } from "@pixelcnn/backends";
import type { RunStatus } from "../runs/run-status.ts";
import { speedOf } from "../sampling/speed-of.ts";
import type { SampleState } from "../sampling/state.ts";
import type { DevicesState } from "./state.ts";

export interface DeviceSource {
  readonly devices: DevicesState;
  readonly sample: SampleState;
  readonly runs: { readonly list: readonly RunStatus[] | null };
}

const NAME_COLUMNS = 11;
const BAR_COLUMNS = 20;
const BLOCKS = " ▁▂▃▄▅▆▇█";

export function deviceLines({ devices, sample, runs }: DeviceSource, columns: number): string[] {
  return [
    ...hostLines(devices, columns),
    ...devices.gpus.flatMap(({ name, busy, memory, memoryUsed }) => [
      line("GPU", name),
      ...(busy === null ? [] : [line("", `${bar(busy)} busy`)]),
      line("", part(memoryUsed, memory)),
    ]),
    "",
    "Drawing",
    line("", drawingLine(sample)),
    "",
    "Trainings",
    ...trainingLines(runs.list),
    "",
    "Engines: device, memory, speed of a 3×3 convolution forward and backward",
    ...engineLines(devices.engines, columns),
  ];
}

function hostLines({ host, busy }: DevicesState, columns: number): string[] {
  if (host === null) return ["reading this machine …"];
  const { processor, cores, memory, memoryFree, appMemory, appBusy } = host;
  const room = Math.max(0, Math.min(busy.length, columns - NAME_COLUMNS - BAR_COLUMNS - 20));
  const past = busy.slice(busy.length - room).map((share) => BLOCKS[Math.min(8, Math.ceil(share * 8))]);
  const app = appBusy === null ? "…" : `${(appBusy * 100).toFixed(1)}% of a core`;
  return [
    line("Processor", `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}`),
    line("", host.busy === null ? "…" : `${bar(host.busy)} busy ${past.join("")}`),
    line("Memory", part(memory - memoryFree, memory)),
    line("This app", `${app} · ${bytes(appMemory)}`),
  ];
}

function drawingLine(sample: SampleState): string {
  const speed = speedOf(sample);
  if (sample.frame === null) return "nothing is drawn";
  if (speed === null) return `${sample.frame.sampler}: no speed yet`;
  return `${sample.frame.sampler}: ${speed.pictures} pictures/s, ${speed.positions} positions/s`;
}

function trainingLines(list: readonly RunStatus[] | null): string[] {
  const live = (list ?? []).filter(({ standing }) => standing === "training");
  if (live.length === 0) return [line("", "none")];
  return live.map(({ name, backend, imagesPerSecond, progress }) => {
    const speed = imagesPerSecond === null ? "no speed yet" : `${imagesPerSecond.toFixed(1)} pictures/s`;
    return line("", `${name} · ${backend || "engine unknown"} · ${speed} · ${(progress * 100).toFixed(1)}%`);
  });
}

function engineLines(engines: DevicesState["engines"], columns: number): string[] {
  if (engines.size === 0) return [line("", "not tried yet; e tries them, some seconds each")];
  return [...engines].map(([engine, answer]) => line(engine, engineLine(answer, columns)));
}

function engineLine(answer: ProbeAnswer | "waiting" | "trying", columns: number): string {
  if (typeof answer === "string") return answer === "trying" ? "trying …" : "…";
  if (!answer.works) return `no: ${answer.reason}`.slice(0, Math.max(20, columns - NAME_COLUMNS - 3));
  const { device, memoryBytes, forwardGflops, backwardGflops } = answer;
  const speed = `${gflops(forwardGflops)}, ${gflops(backwardGflops)} GFLOP/s`;
  return [device, ...(memoryBytes === null ? [] : [bytes(memoryBytes)]), speed].join(" · ");
}

function line(name: string, text: string): string {
  return `  ${name.padEnd(NAME_COLUMNS)} ${text}`;
}

/** "██████────────────── 31%". */
function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_COLUMNS);
  return `${"█".repeat(full)}${"─".repeat(BAR_COLUMNS - full)} ${`${(share * 100).toFixed(0)}%`.padStart(4)}`;
}

function part(used: number, all: number): string {
  return `${bar(used / all)} of ${bytes(all)}`;
}

function bytes(count: number): string {
  return count >= 2 ** 30 ? `${(count / 2 ** 30).toFixed(1)} GB` : `${(count / 2 ** 20).toFixed(0)} MB`;
}

function gflops(speed: number): string {
  return speed >= 100 ? speed.toFixed(0) : speed.toPrecision(2);
}
