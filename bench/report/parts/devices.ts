/** Which engines work here, on what and how fast: what `devices` tells, and why the others do not. */
import { figure, table } from "../markdown.ts";
import type { Part } from "../part.ts";

const MOST_SECONDS = 120;

export const devices: Part = {
  title: "Devices",
  limitSeconds: (report) => Math.min(MOST_SECONDS, Math.max(45, 0.15 * report)),
  async run(_settings, listener, deadline) {
    const { Probe, startableBackends } = await import("@pixelcnn/backends");
    // One that hangs leaves time for the others.
    const patienceMs = (deadline - Date.now()) / 2;
    const probes = startableBackends.map((backend) => new Probe(backend, patienceMs));
    const loaded = Promise.all(probes.map((probe) => probe.loaded()));
    for (const probe of probes) {
      const answer = await probe.measure({}, loaded);
      listener.row({ backend: probe.backend, ...answer });
    }
  },
  section(rows) {
    const lines = rows.map((row) => [
      `${row.backend}`,
      row.works === true ? "yes" : "no",
      row.works === true ? `${row.device}` : `${row.reason}`,
      row.works === true ? `${row.version}` : "",
      typeof row.memoryBytes === "number" ? (row.memoryBytes / 2 ** 30).toFixed(1) : "",
      figure(row.productGflops),
      figure(row.forwardGflops),
      figure(row.backwardGflops),
    ]);
    const head = [
      "engine",
      "works",
      "on, or why not",
      "version",
      "GB",
      "product, GFLOP/s",
      "convolution forward",
      "backward",
    ];
    return table(head, lines);
  },
};
