import type { Frame, LevelArray, PictureShape } from "@pixelcnn/core";
import { Animation } from "@pixelcnn/drawing";
import { drawSheet, type SheetOptions } from "@pixelcnn/pictures";

/** Frames of an animation, about. */
export const ANIMATION_FRAMES = 40;

/** The sheet as it grows, every few rows a frame of an animation. */
export class GrowingSheet {
  readonly #animation = new Animation();
  readonly #every: number;
  #last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly picture: PictureShape,
    private readonly options: SheetOptions,
  ) {
    this.#every = (picture.height * picture.width) / ANIMATION_FRAMES;
  }

  add({ pixels, position, complete }: Frame): void {
    if (position - this.#last < this.#every && !complete) return;
    this.#last = position;
    const { picture } = this;
    const shown = picture.palette && !complete ? withoutUndrawn(pixels, picture, position) : pixels;
    this.#animation.add(drawSheet(shown, picture, this.options));
  }

  encode(): Promise<Uint8Array> {
    return this.#animation.encode();
  }
}

/** What is not drawn yet as the gaps are: level 0 is some colour, and no black. */
function withoutUndrawn(pixels: LevelArray, picture: PictureShape, position: number): LevelArray {
  const { height, width, levels } = picture;
  if (levels === 256) return pixels;
  const shown = pixels.slice();
  for (let end = height * width; end <= shown.length; end += height * width)
    shown.fill(levels, end - height * width + position, end);
  return shown;
}
