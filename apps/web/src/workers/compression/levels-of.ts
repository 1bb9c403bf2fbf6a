/** A picture of a file as a model takes it. */
import {
  colourKey,
  colourText,
  type LevelArray,
  levelsByColour,
  type Palette,
  type PictureShape,
} from "@pixelcnn/core";
import { exactLevels } from "@pixelcnn/core/data";
import type { StoredPicture } from "./compressed.ts";

/** Levels that bytes tell apart, which is what a page has of a picture. */
export const MOST_LEVELS = 256;

/**
 * Levels, [H, W, C], from which the picture comes back as it is.
 *
 * @param shape of the model's pictures, whose size may be another.
 * @throws a sentence when something of the picture would be lost.
 */
export function levelsOf(picture: StoredPicture, { channels, levels: K, palette }: PictureShape): LevelArray {
  if (K > MOST_LEVELS) {
    throw new Error(
      `expected a model of at most ${MOST_LEVELS} levels, got ${K}; the command line uses it for pictures of 16 bits`,
    );
  }
  return palette ? colourLevels(picture, palette) : exactLevels(asChannels(picture, channels), K, 256);
}

/** Numbers of a model's colours; browsers forget the colour of what cannot be seen. @throws a sentence for a colour that it has not. */
function colourLevels({ values, channels }: StoredPicture, palette: Palette): Uint8Array {
  const levels = levelsByColour(palette);
  const unseen = palette.findIndex(([, , , alpha]) => alpha === 0);
  return Uint8Array.from({ length: values.length / channels }, (_, i) => {
    const [red = 0, green = red, blue = red, alpha = 255] = values.subarray(i * channels, (i + 1) * channels);
    const level = levels.get(colourKey([red, green, blue, alpha]));
    if (level !== undefined) return level;
    if (alpha === 0 && unseen >= 0) return unseen;
    throw new Error(
      `expected the ${palette.length} colours of the model, got ${colourText([red, green, blue, alpha])}; choose another model`,
    );
  });
}

/** Grey as three channels that are equal. @throws a sentence when a picture has colour and its model none. */
function asChannels({ values, channels }: StoredPicture, wanted: PictureShape["channels"]): Uint8Array {
  if (channels === 4)
    throw new Error("expected a picture without transparent places; the command line keeps them");
  if (channels === wanted) return values;
  if (channels > wanted)
    throw new Error("expected a picture without colour, as the model's are; choose a model of colour");
  return Uint8Array.from({ length: values.length * wanted }, (_, i) => values[Math.floor(i / wanted)]!);
}
