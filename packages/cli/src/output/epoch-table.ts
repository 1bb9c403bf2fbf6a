/** The table of a training, a row per epoch. Printed row by row as it happens, so the widths are fixed beforehand. */
import type { EvaluationEvent } from "@pixelcnn/core/training";

const columns = ["epoch", "train nats", "test nats", "test bits/dim", "pictures/s"] as const;

export function epochHeader(): string {
  return `${columns.join("  ")}\n${columns.map((title) => "─".repeat(title.length)).join("  ")}`;
}

export function epochRow({ epoch, trainNats, test, imagesPerSecond }: EvaluationEvent): string {
  const cells = [
    String(epoch),
    trainNats.toFixed(2),
    test.nats.toFixed(2),
    test.bitsPerDim.toFixed(4),
    imagesPerSecond.toFixed(1),
  ];
  return cells.map((cell, i) => cell.padStart(columns[i]!.length)).join("  ");
}
