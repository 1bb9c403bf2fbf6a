/** What the compression worker offers to the page, through Comlink. Beside the others, since it computes for as long as a picture is large. */
import {
  cheapestLabels,
  decodeModelFile,
  decodePxc,
  digestText,
  dimensions,
  encodePxc,
  type LevelArray,
  type Model,
  modelDigest,
  type Palette,
  type PictureShape,
  readPxcHeader,
} from "@pixelcnn/core";
import { storedValues } from "@pixelcnn/core/data";
import { transfer } from "comlink";
import type { Compressed, StoredPicture } from "./compressed.ts";
import { levelsOf, MOST_LEVELS } from "./levels-of.ts";

/** Told the share that is done, 0 … 1. */
type OnProgress = (share: number) => void;

export class CompressionEngine {
  readonly #models = new Map<string, Model>();

  /** @throws {PixelCnnError} of core when the bytes are no model file. */
  load(id: string, bytes: ArrayBuffer): void {
    this.#models.set(id, decodeModelFile(new Uint8Array(bytes)).model);
  }

  /** @throws {PixelCnnError} of core when the model would lose something of the picture, or models another size. */
  async compress(
    id: string,
    picture: StoredPicture,
    label: number | null,
    onProgress: OnProgress,
  ): Promise<Compressed> {
    const model = this.#model(id);
    const { channels, palette } = model.network.picture;
    const { height, width } = picture;
    const levels = levelsOf(picture, model.network.picture);
    const size = { height, width, levels, alpha: null };
    const given = palette
      ? ({ ...size, stored: "colours", palette } as const)
      : ({ ...size, stored: "bytes" } as const);
    const { classes } = model.network;
    const labels = classes === 0 ? null : label === null ? await cheapestLabels(model, given) : [label];
    const bits = new Float32Array(levels.length);
    const classLabel = labels === null ? {} : { classLabel: labels };
    const file = await encodePxc(model, given, { ...classLabel, bits, onProgress });
    const pixelBits = Float32Array.from({ length: height * width }, (_, i) => {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += bits[i * channels + c]!;
      return sum;
    });
    const told = { file, pixelBits, values: levels.length, label: labels?.[0] ?? null };
    return transfer(told, [file.buffer, pixelBits.buffer]);
  }

  /** All pictures of a file. @throws {PixelCnnError} of core when it is no sound file, or another model's. */
  async decompress(id: string, file: Uint8Array, onProgress: OnProgress): Promise<StoredPicture[]> {
    const { shape: asked, stored } = readPxcHeader(file);
    if (asked.levels > MOST_LEVELS || stored === "words") {
      const what = stored === "words" ? "16 bits a value" : `${asked.levels} levels`;
      throw new Error(`expected pictures of 8 bits a value, got ${what}; the command line brings them back`);
    }
    const model = this.#model(id);
    const { shape, count, levels, alpha } = await decodePxc(model, file, { onProgress });
    if (alpha !== null)
      throw new Error("expected pictures without transparent places; decompress it on the command line");
    // An array's levels are numbers of colours too, where the model's are.
    const palette = shape.palette ?? (stored === "levels" ? model.network.picture.palette : undefined);
    const size = dimensions(shape);
    return Array.from({ length: count }, (_, i) =>
      shownPicture(shape, levels.subarray(i * size, (i + 1) * size), palette),
    );
  }

  /** The digest of a model, as {@link makerOf} tells it. */
  digest(id: string): string {
    return digestText(modelDigest(this.#model(id)));
  }

  /** The digest of the model that compressed a file. @throws {PixelCnnError} of core when it is no sound file. */
  makerOf(file: Uint8Array): string {
    return digestText(readPxcHeader(file).digest);
  }

  /** Which of the shapes lose nothing of the picture, whatever their size. */
  keeping(picture: StoredPicture, shapes: readonly PictureShape[]): boolean[] {
    return shapes.map((shape) => {
      try {
        levelsOf(picture, shape);
        return true;
      } catch {
        return false;
      }
    });
  }

  #model(id: string): Model {
    const model = this.#models.get(id);
    if (model === undefined) throw new Error(`expected a model that was loaded before, got ${id}`);
    return model;
  }
}

/** A picture of a file, as other files have it. */
function shownPicture(
  { height, width, channels, levels: K }: PictureShape,
  levels: LevelArray,
  palette: Palette | undefined,
): StoredPicture {
  if (palette) {
    const rgba = Uint8Array.from([...levels].flatMap((level) => palette[level]!));
    return { height, width, channels: 4, values: rgba };
  }
  return { height, width, channels, values: Uint8Array.from(storedValues(levels, K, 256)) };
}
