/** What else keeps pictures without loss: a library that is here anyway, and commands where the system has them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dimensions, type PictureShape } from "@pixelcnn/core";
import sharp, { type Sharp } from "sharp";
import { formsOf, type Raw, sheetOf } from "./raw-pictures.ts";

export interface OtherCoder {
  readonly name: string;
  /** Bytes that pictures take, [N, H, W, C] of levels. */
  readonly measure: (pictures: Uint8Array) => Promise<number>;
}

interface Named {
  readonly name: string;
  /** Null where the command is not here. */
  readonly coder: OtherCoder | null;
}

type Encode = (picture: Sharp) => Promise<Uint8Array>;

/** The coders that are here, and the names of those that are not. */
export function otherCoders(shape: PictureShape): {
  readonly coders: readonly OtherCoder[];
  readonly missing: readonly string[];
} {
  const png: Encode = (one) => one.png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer();
  const webp: Encode = (one) => one.webp({ lossless: true, effort: 6, exact: true }).toBuffer();
  const named = [
    each("PNG (libpng, level 9)", shape, png),
    each("WebP (lossless, effort 6)", shape, webp),
    // Where a file's head is larger than what it holds.
    ...(shape.palette
      ? [asOne("PNG, all on one sheet", shape, png), asOne("WebP, all on one sheet", shape, webp)]
      : []),
    byCommand("PNG (oxipng -o max)", shape, "oxipng", (from, to) => [
      ...["-o", "max", "--strip", "all", "--out"],
      ...[to, from],
    ]),
    byCommand("JPEG XL (cjxl -d 0 -e 9)", shape, "cjxl", (from, to) => ["-d", "0", "-e", "9", from, to]),
    withXz(),
  ];
  const coders = named.flatMap(({ coder }) => coder ?? []);
  return { coders, missing: named.flatMap(({ name, coder }) => (coder === null ? [name] : [])) };
}

/** Every picture a file of its own, in the form that takes the fewest bytes of all together. */
function each(name: string, shape: PictureShape, encode: Encode): Named {
  const size = dimensions(shape);
  const measure: OtherCoder["measure"] = async (pictures) => {
    const sums: number[] = [];
    for (let at = 0; at < pictures.length; at += size) {
      const forms = formsOf(pictures.subarray(at, at + size), shape);
      for (const [i, form] of forms.entries())
        sums[i] = (sums[i] ?? 0) + (await encoded(form, encode)).length;
    }
    return Math.min(...sums);
  };
  return { name, coder: { name, measure } };
}

/** All pictures on one sheet, in the form that takes the fewest bytes. */
function asOne(name: string, shape: PictureShape, encode: Encode): Named {
  const measure: OtherCoder["measure"] = async (pictures) => {
    const { levels, height, width } = sheetOf(pictures, shape);
    const sizes = formsOf(levels, { ...shape, height, width }).map(
      async (form) => (await encoded(form, encode)).length,
    );
    return Math.min(...(await Promise.all(sizes)));
  };
  return { name, coder: { name, measure } };
}

function encoded({ pixels, height, width, channels }: Raw, encode: Encode): Promise<Uint8Array> {
  const picture = sharp(pixels, { raw: { height, width, channels } });
  return encode(channels === 1 ? picture.toColourspace("b-w") : picture);
}

function byCommand(
  name: string,
  shape: PictureShape,
  command: string,
  words: (from: string, to: string) => string[],
): Named {
  if (!isHere(command)) return { name, coder: null };
  return each(name, shape, async (picture) => {
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
