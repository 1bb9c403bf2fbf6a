/** A sheet as an animated GIF while it is drawn: a frame every few rows, the finished sheet held at the end. */
import { encodeGif, type Sheet } from "@pixelcnn/pictures";

const FRAME_MS = 80;
const LAST_FRAME_MS = 2000;

/** Sheets of one size, in the order of time. */
export class Animation {
  readonly #sheets: Sheet[] = [];

  /** Takes the next frame. */
  add(sheet: Sheet): void {
    this.#sheets.push(sheet);
  }

  /** @returns the bytes of a GIF that loops for ever. */
  async encode(): Promise<Uint8Array> {
    const { width, height, channels, palette } = this.#sheets[0]!;
    // sharp chooses colours of its own.
    if (palette) return encodeGif(this.#sheets.length, (frame) => this.#sheets[frame]!, palette.length);
    const { default: sharp } = await import("sharp");
    const frames = Buffer.concat(this.#sheets.map(({ data }) => data));
    const raw = {
      width,
      height: height * this.#sheets.length,
      channels: channels as 1 | 3,
      pageHeight: height,
    };
    const delay = this.#sheets.map((_, i) => (i === this.#sheets.length - 1 ? LAST_FRAME_MS : FRAME_MS));
    return sharp(frames, { raw, limitInputPixels: false }).gif({ delay, loop: 0 }).toBuffer();
  }
}
