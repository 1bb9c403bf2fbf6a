/** The part of gifenc that the downloads use; the package has no types of its own. */
declare module "gifenc" {
  type Palette = number[][];

  interface FrameOptions {
    readonly palette?: Palette;
    /** Milliseconds. */
    readonly delay?: number;
  }

  interface Encoder {
    /** @param index one palette index per pixel, row by row. */
    writeFrame(index: Uint8Array, width: number, height: number, options?: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }

  export function GIFEncoder(): Encoder;
  /** At most `maxColors` colours for RGBA pixels. */
  export function quantize(rgba: Uint8Array, maxColors: number): Palette;
  /** The palette index of every RGBA pixel. */
  export function applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
}
