/** What else keeps pictures without loss: a library that is here anyway, and commands where the system has them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PictureShape } from "@pixelcnn/core";
import sharp, { type Sharp } from "sharp";

export interface OtherCoder {
  readonly name: string;
  /** Bytes that pictures take, [N, H, W, C] of 256 levels. */
  readonly measure: (pictures: Uint8Array, shape: PictureShape) => Promise<number>;
}

/** The coders that are here, and the names of those that are not. */
export function otherCoders(): {
  readonly coders: readonly OtherCoder[];
  readonly missing: readonly string[];
} {
  const named = [
    each("PNG (libpng, level 9)", (one) =>
      one.png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer(),
    ),
    each("WebP (lossless, effort 6)", (one) =>
      one.webp({ lossless: true, effort: 6, exact: true }).toBuffer(),
    ),
    byCommand("PNG (oxipng -o max)", "oxipng", (from, to) => [
      "-o",
      "max",
      "--strip",
      "all",
      "--out",
      to,
      from,
    ]),
    byCommand("JPEG XL (cjxl -d 0 -e 9)", "cjxl", (from, to) => ["-d", "0", "-e", "9", from, to]),
    withXz(),
  ];
  const coders = named.flatMap(({ coder }) => coder ?? []);
  return { coders, missing: named.flatMap(({ name, coder }) => (coder === null ? [name] : [])) };
}

interface Named {
  readonly name: string;
  /** Null where the command is not here. */
  readonly coder: OtherCoder | null;
}

/** Every picture a file of its own. */
function each(name: string, encode: (picture: Sharp) => Promise<Uint8Array>): Named {
  const measure: OtherCoder["measure"] = async (pictures, { height, width, channels }) => {
    const size = height * width * channels;
    let bytes = 0;
    for (let at = 0; at < pictures.length; at += size) {
      const raw = { height, width, channels: channels as 1 | 3 };
      const picture = sharp(pictures.subarray(at, at + size), { raw });
      bytes += (await encode(channels === 1 ? picture.toColourspace("b-w") : picture)).length;
    }
    return bytes;
  };
  return { name, coder: { name, measure } };
}

function byCommand(name: string, command: string, words: (from: string, to: string) => string[]): Named {
  if (!isHere(command)) return { name, coder: null };
  return each(name, async (picture) => {
    const folder = mkdtempSync(join(tmpdir(), "pixelcnn-bench-"));
    try {
      const [from, to] = [join(folder, "from.png"), join(folder, "to")];
      writeFileSync(from, await picture.png().toBuffer());
      run(command, words(from, to));
      return readFileSync(to);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** All pictures one after the other. */
function withXz(): Named {
  const name = "xz -9e, all as one";
  if (!isHere("xz")) return { name, coder: null };
  const measure = async (pictures: Uint8Array) => run("xz", ["-9e", "--stdout"], pictures).length;
  return { name, coder: { name, measure } };
}

function isHere(command: string): boolean {
  return spawnSync(command, ["--version"]).status === 0;
}

function run(command: string, words: readonly string[], input: Uint8Array = new Uint8Array(0)): Buffer {
  const { status, stdout, stderr } = spawnSync(command, words, { input, maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
}
