/** Which cells of a sheet a person would recognise. */
import { judge } from "./judge.ts";
import { CELLS, PICTURE, type Shown } from "./lesson.ts";
import { rasterise } from "./rasterise.ts";

const SIZE = PICTURE.height * PICTURE.width;

/**
 * Correlation that every picture of a cell exceeds. Blots reach 0.94 by chance, one at a time; of sheets that were looked at, those with two such
 * pictures of one cell were the first on which something could be told.
 */
const LEAST_LIKENESS = 0.9;

/**
 * Cells of which every picture looks like what was drawn there, and like nothing else that was drawn. Of many pictures, those of the other cells are
 * not asked: that would take longer than drawing.
 *
 * @param pixels levels, [count, H, W]. @param cells class of every picture.
 */
export function recognisedCells(
  pixels: Uint8Array,
  cells: readonly number[],
  shown: readonly Shown[],
): number[] {
  const templates = shown.map(({ cell, drawing }) => {
    const ink = new Uint8Array(SIZE);
    rasterise(ink, drawing, PICTURE);
    return { name: String(cell), ink };
  });
  const rivalsOf = (cell: number) =>
    shown.length <= CELLS ? templates : templates.filter(({ name }) => name === String(cell));
  const isLike = (cell: number, i: number) =>
    judge(pixels.subarray(i * SIZE, (i + 1) * SIZE), rivalsOf(cell), PICTURE.width, LEAST_LIKENESS) ===
    String(cell);
  return [...new Set(cells)].filter((cell) => cells.every((one, i) => one !== cell || isLike(cell, i)));
}
