/** The curves of a run as a table for spreadsheets and pandas: a row a record, empty where a record does not say. */
import type { RunHistory } from "@pixelcnn/runs/history";

const columns = [
  ...["step", "epoch", "nats", "learning_rate", "gradient_norm", "images_per_second"],
  ...["train_nats", "validation_nats", "validation_bits_per_dim", "test_nats", "test_bits_per_dim"],
] as const;

type Row = Partial<Record<(typeof columns)[number], number | null>>;

/** RFC 4180 but for the line breaks, which are those of Unix; numbers in full. */
export function curvesCsv({ steps, evaluations }: RunHistory): string {
  const rows: Row[] = [
    ...steps.map(({ step, epoch, nats, learningRate, gradientNorm, imagesPerSecond }) => ({
      ...{ step, epoch, nats, learning_rate: learningRate, gradient_norm: gradientNorm },
      images_per_second: imagesPerSecond,
    })),
    ...evaluations.map(({ step, epoch, trainNats, validation, test }) => ({
      ...{ step, epoch, train_nats: trainNats },
      ...{ validation_nats: validation.nats, validation_bits_per_dim: validation.bitsPerDim },
      ...{ test_nats: test.nats, test_bits_per_dim: test.bitsPerDim },
    })),
  ].sort((a, b) => a.step - b.step); // stable: a step before the evaluation behind it
  const lines = rows.map((row) => columns.map((column) => row[column] ?? "").join(","));
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}
