/**
 * Speed of drawing with every preset by the kernels in WebAssembly, each as a share of the matrix peak that the same run measures. Seconds are the
 * processor's, so that other work on the machine matters little.
 */
import { startBackend } from "@pixelcnn/backends";
import { countWeights, multiplyAdds, type PresetName, presets } from "@pixelcnn/core";
import { bestVariant, simdSampler } from "@pixelcnn/core/incremental";
import { measureMatrixPeak } from "@pixelcnn/wasm-training";
import Table from "cli-table3";
import { Command } from "commander";
import { presetNetwork } from "./preset-network.ts";
import { randomModel } from "./random-model.ts";
import { processorClock, secondsPerBatch } from "./seconds-per-batch.ts";

interface Row {
  readonly preset: PresetName;
  readonly weights: number;
  /** Floating-point operations of a picture that no sampler can leave out, in 1e9. */
  readonly gflop: number;
  readonly variant: "plain" | "relaxed";
  readonly secondsPerPicture: number;
}

const variants = { plain: "simd", relaxed: "relaxedSimd" } as const;

export function command(): Command {
  return new Command("presets")
    .description("seconds per picture and share of the matrix peak, per preset in its own size, on one core")
    .option("--json", "print the rows as JSON")
    .option("--levels <n>", "levels of the networks", "256")
    .option("--components <n>", "of a mixture; 0 for none", "10")
    .option("--batch <n>", "pictures drawn together", "16")
    .action(run);
}

interface Options {
  readonly json?: boolean;
  readonly levels: string;
  readonly components: string;
  readonly batch: string;
}

async function run({ json, levels, components, batch }: Options): Promise<void> {
  await startBackend("wasm");
  const count = Number(batch);
  const rows: Row[] = [];
  let peakGflops = measureMatrixPeak();
  for (const preset of Object.keys(presets) as PresetName[]) {
    const network = presetNetwork(preset, { levels: Number(levels), components: Number(components) });
    const model = randomModel(network);
    for (const [variant, kernels] of Object.entries(variants)) {
      if (variant === "relaxed" && bestVariant() !== "relaxedSimd") continue;
      const seconds = await secondsPerBatch(model, simdSampler(kernels), count, processorClock);
      const secondsPerPicture = seconds / count;
      peakGflops = Math.max(peakGflops, measureMatrixPeak());
      const gflop = (2 * multiplyAdds(network)) / 1e9;
      rows.push({
        preset,
        weights: countWeights(network),
        gflop,
        variant: variant as Row["variant"],
        secondsPerPicture,
      });
    }
  }
  print(rows, peakGflops, json ?? false);
}

function print(rows: readonly Row[], peakGflops: number, json: boolean): void {
  const shares = rows.map((row) => ({
    ...row,
    peakFraction: row.gflop / row.secondsPerPicture / peakGflops,
  }));
  if (json) {
    process.stdout.write(`${JSON.stringify(shares)}\n`);
    return;
  }
  const table = new Table({
    head: ["preset", "weights", "GFLOP per picture", "SIMD", "seconds per picture", "share of peak"],
    style: { head: [], border: [] },
  });
  for (const { preset, weights, gflop, variant, secondsPerPicture, peakFraction } of shares) {
    table.push([
      preset,
      weights.toLocaleString("en"),
      gflop.toFixed(3),
      variant,
      secondsPerPicture.toPrecision(3),
      `${(100 * peakFraction).toFixed(1)}%`,
    ]);
  }
  process.stdout.write(
    `${table.toString()}\nmatrix peak ${peakGflops.toFixed(1)} GFLOP/s. The fastest of several runs counts; seconds are the processor's.\n`,
  );
}
