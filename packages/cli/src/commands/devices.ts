import { Probe, type ProbeAnswer, type StartableBackend, startableBackends } from "@pixelcnn/backends";
import { namePlugin } from "../chosen-plugin.ts";
import { screenWidth, wrap } from "../output/columns.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { outputIsEverything } from "../output/unread-output.ts";
import { devicesDefaults, devicesSettings } from "../settings/devices-settings.ts";
import { resolveSettings } from "../settings/resolve.ts";

const INDENT = 13;

/** All are loaded at a time and measured one after another; each is told of as soon as it has been. */
export async function runDevices(flags: OutputFlags & Record<string, unknown>): Promise<void> {
  const { pictures, pjrtPlugin } = await resolveSettings(devicesSettings, {
    defaults: devicesDefaults,
    flags,
  });
  if (pjrtPlugin !== undefined) await namePlugin(pjrtPlugin);
  outputIsEverything();
  const output = outputFor(flags);
  output.line(
    wrap(
      "Trying each backend, some seconds each; GFLOP/s of a matrix product, and of a 3×3 convolution, 32 to 64 channels:",
      screenWidth(),
    ).join("\n"),
  );
  const rows: [StartableBackend, ProbeAnswer][] = [];
  const probes = startableBackends.map((backend) => new Probe(backend));
  const loaded = Promise.all(probes.map((probe) => probe.loaded()));
  for (const probe of probes) {
    const { backend } = probe;
    const answer = await probe.measure({ pictures }, loaded);
    rows.push([backend, answer]);
    output.line(rowOf(backend, answer, screenWidth()));
  }
  const taken = rows.find(([, answer]) => answer.works)?.[0] ?? null;
  output.json(rows.map(([backend, answer]) => ({ backend, ...answer, auto: backend === taken })));
  if (taken !== null) output.line(`--backend auto takes ${taken}`);
}

/** What works with its speed, the rest with the reason and what to do about it. */
function rowOf(backend: StartableBackend, answer: ProbeAnswer, width: number): string {
  const texts = answer.works
    ? [
        `${answer.device}; ${abilitiesOf(answer)}`,
        `product ${rounded(answer.productGflops)}, convolution ${rounded(answer.forwardGflops)} forward, ${rounded(answer.backwardGflops)} backward`,
      ]
    : [answer.reason, `→ ${answer.fix}`];
  const lines = texts.flatMap((text) => wrap(text, width - INDENT));
  const head = `${backend.padEnd(INDENT - 5)}${answer.works ? "yes" : "no"}`.padEnd(INDENT);
  return lines.map((line, i) => (i === 0 ? head : " ".repeat(INDENT)) + line).join("\n");
}

/** Version, memory, and what it does. */
function abilitiesOf({ version, memoryBytes, trains, samples }: ProbeAnswer & { works: true }): string {
  const memory = memoryBytes === null ? [] : [`${(memoryBytes / 2 ** 30).toFixed(1)} GB`];
  const does = samples ? "trains and samples" : trains ? "trains; wasm samples" : "";
  return [version, ...memory, does].join(", ");
}

function rounded(gflops: number): string {
  return gflops >= 100 ? gflops.toFixed(0) : gflops.toPrecision(2);
}
