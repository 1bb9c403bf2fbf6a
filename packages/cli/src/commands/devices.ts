import Table from "cli-table3";
import { type StartableBackend, startableBackends } from "../backend/backend-names.ts";
import { type ProbeAnswer, probeBackend } from "../backend/probe.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";

export async function runDevices(flags: OutputFlags): Promise<void> {
  const progress = progressBar("measuring", flags.json === true);
  const rows: [StartableBackend, ProbeAnswer][] = [];
  for (const [index, backend] of startableBackends.entries()) {
    progress.update(index / startableBackends.length, backend);
    rows.push([backend, await probeBackend(backend)]);
  }
  progress.clear();
  const taken = rows.find(([, answer]) => answer.works)?.[0] ?? null;
  const output = outputFor(flags);
  output.json(rows.map(([backend, answer]) => ({ backend, ...answer, auto: backend === taken })));
  output.line(tableOf(rows));
  output.line("GFLOP/s of a 3×3 convolution with mask B, 32→64 channels, 28×28, batch 16");
  if (taken !== null) output.line(`--backend auto takes ${taken}`);
}

function tableOf(rows: readonly [StartableBackend, ProbeAnswer][]): string {
  const table = new Table({
    head: ["backend", "works", "device, or why not", "forward", "backward", "what to do"],
    style: { head: [], border: [] },
    colWidths: [null, null, 40, null, null, 36],
    wordWrap: true,
  });
  for (const [backend, answer] of rows) {
    table.push(
      answer.works
        ? [backend, "yes", answer.device, rounded(answer.forwardGflops), rounded(answer.backwardGflops), ""]
        : [backend, "no", answer.reason, "", "", answer.fix],
    );
  }
  return table.toString();
}

function rounded(gflops: number): string {
  return gflops >= 100 ? gflops.toFixed(0) : gflops.toPrecision(2);
}
