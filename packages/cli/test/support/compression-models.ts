/** Models that `compress` is tried with, and noise for their pictures. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeModelFile, type LikelihoodChoice, local, type Palette } from "@pixelcnn/core";
import { randomModel, writeTinyModel } from "./tiny-model.ts";

/**
 * Writes tiny, classless, grey, colour, deep, deep-grey and palette (.safetensors).
 *
 * @returns the colours of the last.
 */
export function writeCompressionModels(folder: string): Palette {
  const at = (name: string) => join(folder, `${name}.safetensors`);
  writeTinyModel(at("tiny"));
  writeTinyModel(at("classless"), { classes: 0 });
  writeLocal(at("grey"), 1, 256);
  writeLocal(at("colour"), 3, 256);
  writeLocal(at("deep"), 3, 65_536);
  writeLocal(at("deep-grey"), 1, 65_536);
  const palette = Array.from(
    { length: 12 },
    (_, i) => [20 * i, 255 - i, (i * 97) % 256, i ? 255 : 0] as const,
  );
  writeLocal(at("palette"), 1, 12, palette);
  return palette;
}

/** Models of a window, for pictures of any size. */
function writeLocal(path: string, channels: number, levels: number, palette?: Palette): void {
  const likelihood: LikelihoodChoice | undefined = palette ? undefined : { kind: "mixture", components: 2 };
  const picture = { height: 8, width: 8, channels, levels, ...(palette && { palette }) };
  const network = local({
    picture,
    channels: 6,
    layers: 1,
    window: 3,
    ...(likelihood && { likelihood }),
    ...(palette && { embedding: 3 }),
  });
  const provenance = { dataset: "folder", command: "train", date: "2024-01-01", steps: 1, trainNats: null };
  writeFileSync(
    path,
    encodeModelFile({
      model: randomModel(network),
      preparation: { levels, binarise: null },
      provenance: { ...provenance, validation: null, test: null },
    }),
  );
}

export const noise = (length: number, most: number) =>
  Array.from({ length }, (_, i) => (i * i * 7919 + i * 31) % most);
