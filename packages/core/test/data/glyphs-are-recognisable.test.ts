import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { glyphsDataset, parseIdxLabels, parseIdxPictures, type Split } from "@pixelcnn/core/data";
import { expect, it } from "vitest";
import { dataFolder } from "./data-folder.ts";

interface Labelled {
  readonly picture: Float32Array;
  readonly label: number;
}

/** The first `count` pictures, of brightness 0 ... 1. */
function take(split: Split, size: number, channels: 1 | 3, count: number): Labelled[] {
  const bytes = new Uint8Array(size * channels);
  return Array.from({ length: count }, (_, i) => {
    const label = split.read(i, bytes, 0);
    // How far each pixel is from the colour of the paper, which the corner shows.
    const picture = new Float32Array(size);
    for (let at = 0; at < bytes.length; at++) {
      picture[Math.floor(at / channels)]! += Math.abs(bytes[at]! - bytes[at % channels]!) / 255;
    }
    return { picture, label };
  });
}

function nearest(to: Float32Array, among: readonly Labelled[]): number {
  let best = Infinity;
  let label = -1;
  for (const candidate of among) {
    let distance = 0;
    for (let i = 0; i < to.length && distance < best; i++) distance += (to[i]! - candidate.picture[i]!) ** 2;
    if (distance < best) {
      best = distance;
      label = candidate.label;
    }
  }
  return label;
}

it.each([
  [28, 28, 1],
  [16, 16, 1],
  [20, 30, 1],
  [28, 28, 3],
] as const)(
  "the nearest of 1,000 others has the same digit: %i×%i, %i channels",
  (height, width, channels) => {
    const set = glyphsDataset({ height, width, channels });
    const known = take(set.train, height * width, channels, 1000);
    const asked = take(set.test, height * width, channels, 200);
    const right = asked.filter(({ picture, label }) => nearest(picture, known) === label).length;
    expect(right / asked.length).toBeGreaterThan(0.8);
  },
);

const SIDE = 28;
const CROPPED = 16;

/** The digit alone, scaled to 16×16 with its proportions kept: where and how large it stood does not count. */
function cropped({ picture, label }: Labelled): Labelled {
  const inked = Array.from(picture.keys()).filter((i) => picture[i]! > 0.4);
  const xs = inked.map((i) => i % SIDE);
  const ys = inked.map((i) => Math.floor(i / SIDE));
  const middle = (at: number[]) => (Math.min(...at) + Math.max(...at) + 1) / 2;
  const extent = (at: number[]) => Math.max(...at) - Math.min(...at) + 1;
  const scale = Math.max(extent(xs), extent(ys)) / CROPPED;
  const result = new Float32Array(CROPPED * CROPPED);
  for (let i = 0; i < result.length; i++) {
    const x = Math.floor(middle(xs) + ((i % CROPPED) + 0.5 - CROPPED / 2) * scale);
    const y = Math.floor(middle(ys) + (Math.floor(i / CROPPED) + 0.5 - CROPPED / 2) * scale);
    const inside = x >= 0 && y >= 0 && x < SIDE && y < SIDE;
    result[i] = inside ? picture[y * SIDE + x]! : 0;
  }
  return { picture: result, label };
}

const mnist = join(dataFolder, "mnist");
const absent = !existsSync(mnist);

it.skipIf(absent)(
  `someone who has only seen real handwriting reads them${absent ? " (skipped: no folder mnist in PIXELCNN_DATA or ../shared/datasets)" : ""}`,
  () => {
    const read = (file: string) => gunzipSync(readFileSync(join(mnist, file)));
    const { pixels } = parseIdxPictures(read("t10k-images-idx3-ubyte.gz"), "pictures");
    const { labels } = parseIdxLabels(read("t10k-labels-idx1-ubyte.gz"), "labels");
    const size = SIDE * SIDE;
    const known = Array.from({ length: 3333 }, (_, i) => 3 * i).map((i) =>
      cropped({
        picture: Float32Array.from(pixels.subarray(i * size, (i + 1) * size), (v) => v / 255),
        label: labels[i]!,
      }),
    );
    const set = glyphsDataset({ height: SIDE, width: SIDE, channels: 1 });
    const asked = take(set.test, size, 1, 300).map(cropped);
    const right = asked.filter(({ picture, label }) => nearest(picture, known) === label).length;
    expect(right / asked.length).toBeGreaterThan(0.8);
  },
  60_000,
);
