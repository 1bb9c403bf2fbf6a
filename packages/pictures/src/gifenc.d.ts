/** The part of gifenc that gif.ts uses; the package has no types of its own. */
declare module "gifenc" {
  type Palette = number[][];

  interface FrameOptions {
    readonly palette?: Palette;
    /** Milliseconds. */
    readonly delay?: number;
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    /** What becomes of the frame before the next: 2, it is taken away. */
    readonly dispose?: number;
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

  /** All of them, for who has the CommonJS file. */
  const all: {
    readonly GIFEncoder: typeof GIFEncoder;
    readonly quantize: typeof quantize;
    readonly applyPalette: typeof applyPalette;
  };
  export default all;
}
