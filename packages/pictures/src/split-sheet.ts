/** The way back from a sheet to its pictures. The gaps say where they lie, equal blocks how large a pixel is. */
import type { Raster } from "./raster.ts";
import { GAP_BYTE, type Sheet } from "./sheet.ts";

/** Largest scale that `visibleScale` gives. */
const LARGEST_SCALE = 4;

/** The pictures of a sheet that `drawSheet` made, row by row, places left empty at its end included. */
export function splitSheet(sheet: Sheet): Raster[] {
  const columns = spansBetweenGaps(sheet.width, (x) => isGap(sheet, { x }));
  const rows = spansBetweenGaps(sheet.height, (y) => isGap(sheet, { y }));
  const tiles = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const scale =
    [4, 3, 2].find((s) => s <= LARGEST_SCALE && tiles.every((tile) => isMadeOfBlocks(sheet, tile, s))) ?? 1;
  return tiles.map(({ row, column }) => {
    const width = Math.max(1, Math.floor((column.end - column.start) / scale));
    const height = Math.max(1, Math.floor((row.end - row.start) / scale));
    const rgb = new Uint8Array(width * height * 3);
    for (let i = 0; i < width * height; i++) {
      const x = column.start + (i % width) * scale;
      const y = row.start + Math.floor(i / width) * scale;
      for (let c = 0; c < 3; c++) rgb[i * 3 + c] = byteAt(sheet, x, y, c);
    }
    return { width, height, rgb, drawn: width * height, mark: null };
  });
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spansBetweenGaps(length: number, isGapAt: (i: number) => boolean): Span[] {
  const spans: Span[] = [];
  let start = -1;
  for (let i = 0; i <= length; i++) {
    const gap = i === length || isGapAt(i);
    if (!gap && start < 0) start = i;
    if (gap && start >= 0) {
      spans.push({ start, end: i });
      start = -1;
    }
  }
  return spans;
}

/** Is a whole column or row of the grey between pictures? */
function isGap(sheet: Sheet, line: { readonly x: number } | { readonly y: number }): boolean {
  const across = "x" in line ? sheet.height : sheet.width;
  for (let i = 0; i < across; i++) {
    for (let c = 0; c < sheet.channels; c++) {
      const byte = "x" in line ? byteAt(sheet, line.x, i, c) : byteAt(sheet, i, line.y, c);
      if (byte !== GAP_BYTE) return false;
    }
  }
  return true;
}

function isMadeOfBlocks(sheet: Sheet, { row, column }: { row: Span; column: Span }, scale: number): boolean {
  if ((column.end - column.start) % scale !== 0 || (row.end - row.start) % scale !== 0) return false;
  for (let y = row.start; y < row.end; y++) {
    for (let x = column.start; x < column.end; x++) {
      const left = x - ((x - column.start) % scale);
      const top = y - ((y - row.start) % scale);
      for (let c = 0; c < sheet.channels; c++) {
        if (byteAt(sheet, x, y, c) !== byteAt(sheet, left, top, c)) return false;
      }
    }
  }
  return true;
}

function byteAt({ width, channels, data }: Sheet, x: number, y: number, channel: number): number {
  return data[(y * width + x) * channels + Math.min(channel, channels - 1)]!;
}
