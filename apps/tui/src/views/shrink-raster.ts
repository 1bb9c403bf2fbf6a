/** A picture with fewer pixels, for windows in which the whole one does not fit. */
import type { Raster } from "@pixelcnn/pictures";

/** Every pixel of the result is the mean of up to `factor`² pixels, those that are drawn. */
export function shrinkRaster(raster: Raster, factor: number): Raster {
  if (factor === 1) return raster;
  const { width, height, drawn, mark } = raster;
  const small = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
  const rgb = new Uint8Array(small.width * small.height * 3);
  for (let i = 0; i < small.width * small.height; i++) rgb.set(meanOf(raster, i, small.width, factor), i * 3);
  const place = (pixel: number) =>
    Math.floor(Math.floor(pixel / width) / factor) * small.width + Math.floor((pixel % width) / factor);
  // A row of the result is there as far as the first of its rows of pixels is.
  const [row, column] = [Math.floor(drawn / width), drawn % width];
  const reached = row % factor === 0 ? Math.ceil(column / factor) : small.width;
  const shown = drawn >= width * height ? small.width * small.height : place(row * width) + reached;
  return { ...small, rgb, drawn: shown, mark: mark === null ? null : place(mark) };
}

function meanOf(
  { width, height, rgb, drawn }: Raster,
  at: number,
  columns: number,
  factor: number,
): readonly [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  const [left, top] = [(at % columns) * factor, Math.floor(at / columns) * factor];
  let count = 0;
  for (let y = top; y < Math.min(height, top + factor); y++) {
    for (let x = left; x < Math.min(width, left + factor); x++) {
      const pixel = y * width + x;
      if (pixel >= drawn) continue;
      count += 1;
      for (let c = 0; c < 3; c++) sums[c]! += rgb[pixel * 3 + c]!;
    }
  }
  return count === 0 ? [0, 0, 0] : [sums[0] / count, sums[1] / count, sums[2] / count];
}
