/** The worked examples of docs/model-format.md, run as they stand there: by hand, and from a PyTorch state dict. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { logitsOf } from "./logits.ts";
import { findPython, runPython } from "./python.ts";

const page = readFileSync(
  fileURLToPath(new URL("../../../../docs/model-format.md", import.meta.url)),
  "utf8",
);
const folder = temporaryFolder();
const python = findPython();

describe.skipIf(python === null)("the page of the model format", () => {
  // The second example goes on from the first.
  beforeAll(async () => {
    const sources = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map(([, source]) => source!);
    expect(sources).toHaveLength(2);
    await runPython(python!, ["-c", sources.join("\n")], { cwd: folder });
  });

  it("has an example with the logits that it works out by hand, and it can be drawn from", async () => {
    const [, pixels] = /the picture `([01 /]+)` has the logits/.exec(page)!;
    const [, table] = /has the logits\n\n```\n([\s\S]*?)```/.exec(page)!;
    const parse = (text: string) =>
      text
        .trim()
        .split(/[\s/]+/)
        .map((word) => Number(word.replace("−", "-")));
    const logits = await logitsOf(join(folder, "tiny.safetensors"), parse(pixels!), [0]);
    expect(logits).toHaveLength(6);
    expect([...logits]).toEqual(parse(table!));
    const drawing = await runCli(
      folder,
      "generate",
      "--model-file",
      "tiny.safetensors",
      "--ascii",
      "--count",
      "1",
    );
    expect(drawing).toMatchObject({ code: 0, stderr: "" });
  });

  it("has a converter of state dicts whose file has the logits that PyTorch defines", async () => {
    const [height, width, levels] = [4, 5, 4];
    const picture = Uint8Array.from({ length: height * width * 3 }, (_, i) => (i * i + (i >> 2)) % levels);
    const expected = masksAndConvolutions(picture, height, width);
    const logits = await logitsOf(join(folder, "converted.safetensors"), picture, [0]);
    expect(logits).toHaveLength(expected.length);
    const error = Math.max(...logits.map((logit, i) => Math.abs(logit - expected[i]!)));
    expect(error).toBeLessThan(1e-5 * Math.max(...expected.map(Math.abs)));
    expect(new Set(expected).size).toBeGreaterThan(100);
  });
});

/** The made up numbers of the page: nested lists there, flat here. */
function numbers(seed: number, ...shape: number[]): number[] {
  const [length, ...rest] = shape;
  if (length === undefined) return [(((seed * 37) % 101) - 50) / 64];
  return Array.from({ length }, (_, i) => numbers(seed * 7 + i, ...rest)).flat();
}

type Planes = (channel: number, y: number, x: number) => number;

/**
 * The page's network by the definitions of PyTorch's documentation: weights [out, in, kh, kw] times a mask of the same shape,
 * cross-correlation with zero padding, batch norm in evaluation.
 *
 * @param picture [H, W, C] levels. @returns [H, W, C·K]
 */
function masksAndConvolutions(picture: Uint8Array, height: number, width: number): number[] {
  const inside = (planes: Planes): Planes => {
    return (c, y, x) => (y < 0 || y >= height || x < 0 || x >= width ? 0 : planes(c, y, x));
  };
  /** Computed once and kept. */
  const kept = (channels: number, planes: Planes): Planes => {
    const values = Array.from({ length: channels * height * width }, (_, i) =>
      planes(Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width),
    );
    return (c, y, x) => values[(c * height + y) * width + x]!;
  };
  const colourOf = (channel: number, channels: number) => Math.floor((channel * 3) / channels);
  const convolution = (
    source: Planes,
    [outputs, inputs, size]: readonly [number, number, number],
    seeds: readonly [number, number],
    mask: "A" | "B",
    dilation = 1,
  ): Planes => {
    const weight = numbers(seeds[0], outputs, inputs, size, size);
    const bias = numbers(seeds[1], outputs);
    const middle = (size - 1) / 2;
    const isOpen = (o: number, i: number, ky: number, kx: number) => {
      if (ky !== middle || kx !== middle) return ky < middle || (ky === middle && kx < middle);
      const [to, from] = [colourOf(o, outputs), colourOf(i, inputs)];
      return mask === "A" ? from < to : from <= to;
    };
    const padded = inside(source);
    return kept(outputs, (o, y, x) => {
      let sum = bias[o]!;
      for (let i = 0; i < inputs; i++) {
        for (let ky = 0; ky < size; ky++) {
          for (let kx = 0; kx < size; kx++) {
            if (!isOpen(o, i, ky, kx)) continue;
            const value = padded(i, y + dilation * (ky - middle), x + dilation * (kx - middle));
            sum += weight[((o * inputs + i) * size + ky) * size + kx]! * value;
          }
        }
      }
      return sum;
    });
  };
  const relu = (planes: Planes): Planes => {
    return (c, y, x) => Math.max(0, planes(c, y, x));
  };
  const norm = (planes: Planes): Planes => {
    const [weight, bias, mean, variance] = [3, 4, 5, 6].map((seed) => numbers(seed, 6)) as [
      number[],
      number[],
      number[],
      number[],
    ];
    return (c, y, x) =>
      ((planes(c, y, x) - mean[c]!) / Math.sqrt(1 + Math.abs(variance[c]!) + 1e-5)) * weight[c]! + bias[c]!;
  };
  const input: Planes = (c, y, x) => picture[(y * width + x) * 3 + c]! / 3;
  const first = relu(norm(convolution(input, [6, 3, 3], [1, 2], "A")));
  const second = relu(convolution(first, [6, 6, 3], [7, 8], "B", 2));
  const last = convolution(second, [12, 6, 1], [9, 10], "B");
  return Array.from({ length: height * width * 12 }, (_, i) =>
    last(i % 12, Math.floor(i / 12 / width), Math.floor(i / 12) % width),
  );
}
