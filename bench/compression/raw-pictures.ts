/** Pictures as files of pictures take them: amounts of light as they are, colours by number as numbers or as the colours. */
import { dimensions, type PictureShape } from "@pixelcnn/core";

export interface Raw {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
}

/** A picture, [H, W, C] of levels, in every form from which its levels come back. */
export function formsOf(
  levels: Uint8Array,
  { height, width, channels, palette }: PictureShape,
): readonly Raw[] {
  const plain: Raw = { pixels: levels, height, width, channels: channels as 1 | 3 };
  if (palette === undefined) return [plain];
  const coloured = Uint8Array.from(
    { length: 4 * levels.length },
    (_, i) => palette[levels[i >> 2]!]![i & 3]!,
  );
  return [plain, { pixels: coloured, height, width, channels: 4 }];
}

/** Pictures of one channel, [N, H, W], in rows of about as many as there are rows; what is left of the last is level 0. */
export function sheetOf(
  pictures: Uint8Array,
  shape: PictureShape,
): { readonly levels: Uint8Array; readonly height: number; readonly width: number } {
  const count = pictures.length / dimensions(shape);
  const columns = Math.ceil(Math.sqrt(count));
  const [height, width] = [shape.height * Math.ceil(count / columns), shape.width * columns];
  const levels = new Uint8Array(height * width);
  pictures.forEach((level, i) => {
    const [picture, element] = [Math.floor(i / dimensions(shape)), i % dimensions(shape)];
    const y = shape.height * Math.floor(picture / columns) + Math.floor(element / shape.width);
    levels[y * width + shape.width * (picture % columns) + (element % shape.width)] = level;
  });
  return { levels, height, width };
}
