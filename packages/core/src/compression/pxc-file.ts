/** Pictures as a `.pxc` file and back: docs/pxc-format.md. */
import { ShapeError } from "../errors.ts";
import type { Model } from "../network/model.ts";
import { checkPalette, type Palette } from "../palette.ts";
import { dimensions, type LevelArray, levelArray, type PictureShape } from "../picture.ts";
import { labelsOf } from "../sampling/labels.ts";
import { codeAlpha } from "./code-alpha.ts";
import { codeLabels } from "./code-labels.ts";
import { type CompressionOptions, compress, decompress } from "./compress.ts";
import { CompressionError } from "./compression-error.ts";
import { crc32 } from "./crc32.ts";
import { fitModel } from "./fit-model.ts";
import { digestText, modelDigest } from "./model-digest.ts";
import { joinParts, MOST_VALUES, type PxcHeader, type Stored, splitParts } from "./pxc-header.ts";
import { RangeDecoder } from "./range-decoder.ts";
import { RangeEncoder } from "./range-encoder.ts";

/** Pictures of one size, as a file keeps them. */
export interface PxcPictures {
  readonly height: number;
  readonly width: number;
  /** [count, H, W, C], levels of the model. */
  readonly levels: LevelArray;
  /** How opaque each pixel is, [count, H, W], in bytes or 16 bits; null where all of them are. */
  readonly alpha: LevelArray | null;
  /** What the levels were. */
  readonly stored: Stored;
  /** The colours that levels number; absent where they number none. */
  readonly palette?: Palette;
}

/** What {@link decodePxc} gives besides. */
export interface DecodedPxc extends PxcPictures {
  readonly shape: PictureShape;
  readonly count: number;
  /** Class labels, one per picture; null without classes. */
  readonly labels: readonly number[] | null;
}

/**
 * The bytes of a `.pxc` file.
 *
 * @throws {CompressionError} when the model does not model that size, or pictures are too many; {ShapeError}, {OptionError},
 * {LogitsError} as {@link compress}.
 */
export async function encodePxc(
  model: Model,
  pictures: PxcPictures,
  options: CompressionOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { height, width, levels, alpha, stored, palette } = pictures;
  const fitted = fitModel(model, height, width);
  const { palette: _, ...plain } = fitted.network.picture;
  const shape = palette === undefined ? plain : { ...plain, palette };
  if (palette !== undefined) checkPalette(palette, plain);
  if ((stored === "colours") !== (palette !== undefined)) {
    throw new ShapeError(
      `expected a palette exactly for colours, got ${palette ? "one" : "none"} for ${stored}`,
    );
  }
  const count = levels.length / dimensions(shape);
  if (levels.length > MOST_VALUES) {
    throw new CompressionError(
      `expected at most ${MOST_VALUES} values, got ${levels.length}; make several files`,
    );
  }
  if (alpha !== null && alpha.length !== count * height * width) {
    throw new ShapeError(`expected ${count * height * width} values of alpha, got ${alpha.length}`);
  }
  const lanes = await compress(fitted, levels, options);
  const labels = labelsOf(fitted.network, options.classLabel, count);
  const header: PxcHeader = {
    digest: modelDigest(model),
    shape,
    count,
    stored,
    alphaBits: alpha === null ? 0 : alpha.BYTES_PER_ELEMENT === 1 ? 8 : 16,
    hasLabels: labels !== null,
    picturesCrc: crcOf(inModelsRoom(levels, shape.levels), labels, alpha),
  };
  const messages = [
    ...(labels === null ? [] : [encoded((coder) => codeLabels(coder, labels, model.network.classes))]),
    ...(alpha === null ? [] : [encoded((coder) => codeAlpha(coder, alpha, height, width))]),
    ...lanes,
  ];
  return joinParts({ header, messages });
}

/**
 * What a file says of its pictures, which need its model.
 *
 * @throws {CompressionError} when the bytes are no sound file of this version and arithmetic.
 */
export function readPxcHeader(bytes: Uint8Array): PxcHeader {
  return splitParts(bytes).header;
}

/**
 * The pictures of a `.pxc` file.
 *
 * @throws {CompressionError} when the bytes are no sound file, or not of this model; {LogitsError} where it gives no distribution.
 */
export async function decodePxc(
  model: Model,
  bytes: Uint8Array,
  options: Pick<CompressionOptions, "onProgress"> = {},
): Promise<DecodedPxc> {
  const { header, messages } = splitParts(bytes);
  const { shape, count, stored, alphaBits } = header;
  const { height, width } = shape;
  checkModel(model, header);
  const rest = [...messages];
  const fitted = fitModel(model, height, width);
  const labels = header.hasLabels ? new Int32Array(count) : null;
  if (labels !== null) codeLabels(new RangeDecoder(rest.shift()!), labels, model.network.classes);
  const alpha = alphaBits === 0 ? null : levelArray(2 ** alphaBits, count * height * width);
  if (alpha !== null) codeAlpha(new RangeDecoder(rest.shift()!), alpha, height, width);
  const classLabel = labels && Array.from(labels);
  const levels = await decompress(fitted, rest, count, { ...options, ...(classLabel && { classLabel }) });
  if (crcOf(levels, labels, alpha) !== header.picturesCrc) {
    throw new CompressionError(
      "expected the pictures that were compressed, got others; the file is forged, or this machine computes otherwise: say so",
    );
  }
  const { palette } = shape;
  return {
    height,
    width,
    levels,
    alpha,
    stored,
    ...(palette && { palette }),
    shape,
    count,
    labels: classLabel,
  };
}

function checkModel(model: Model, { digest, shape, hasLabels }: PxcHeader): void {
  const own = digestText(modelDigest(model));
  const asked = digestText(digest);
  if (own !== asked)
    throw new CompressionError(`expected the model ${asked} that compressed it, got ${own}; name that model`);
  const { picture, classes } = model.network;
  if (shape.channels !== picture.channels || shape.levels !== picture.levels || hasLabels !== classes > 0) {
    throw new CompressionError(
      "expected channels, levels and labels as its model has them, got others; the file is forged",
    );
  }
}

function encoded(code: (coder: RangeEncoder) => void): Uint8Array {
  const encoder = new RangeEncoder();
  code(encoder);
  return encoder.finish();
}

/** The same levels in as many bytes each as whoever reads the file will have them: the checksum is of those. */
function inModelsRoom(levels: LevelArray, K: number): LevelArray {
  const room = levelArray(K, levels.length);
  if (room.BYTES_PER_ELEMENT === levels.BYTES_PER_ELEMENT) return levels;
  room.set(levels);
  return room;
}

/** CRC-32 of everything that a file keeps, a value's low byte first. */
function crcOf(levels: LevelArray, labels: Int32Array | null, alpha: LevelArray | null): number {
  let crc = crc32(bytesOf(levels));
  if (labels !== null) crc = crc32(bytesOf(Uint16Array.from(labels)), crc);
  return alpha === null ? crc : crc32(bytesOf(alpha), crc);
}

function bytesOf(values: LevelArray): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const bytes = new Uint8Array(2 * values.length);
  values.forEach((value, i) => {
    bytes[2 * i] = value & 255;
    bytes[2 * i + 1] = value >>> 8;
  });
  return bytes;
}
