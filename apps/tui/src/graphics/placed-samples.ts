/** Where the pictures of the sample view lie on the screen, and what they are at the moment. */
import type { LevelArray } from "@pixelcnn/core";
import { heatRaster, type Raster, rasterOf } from "@pixelcnn/pictures";
import { sampleKeys } from "../app/keys.ts";
import { BESIDE_GAP, pictureArea, sampleGrid, TITLE_ROWS } from "../app/layout.ts";
import type { AppState } from "../app/state.ts";
import { cellsOf, type Grid, linesBetween, PICTURE_GAP, rowColumns } from "../sampling/grid.ts";
import { hottestBits } from "../sampling/hottest-bits.ts";
import { positionsOf, type SampleState, shownPositions } from "../sampling/state.ts";
import { type Band, PIXELS_DOWN } from "./band.ts";
import type { PlacedPictures } from "./picture-layer.ts";

/** @returns null where no pictures are shown in real pixels. */
export function placedSamples(state: AppState): PlacedPictures | null {
  if (state.view !== "sample" || state.overlay !== null || state.sample.style !== "pixels") return null;
  const area = pictureArea(state, sampleKeys);
  const samples = [state.sample, ...state.beside];
  const keys: string[] = [];
  const bands = samples.flatMap((sample, i) => {
    const grid = sampleGrid(state, sampleKeys, sample);
    if (grid?.style !== "pixels" || sample.frame === null || sample.failure !== null) return [];
    const left = i * (area.columns + BESIDE_GAP);
    const top = TITLE_ROWS + (samples.length > 1 ? 1 : 0);
    keys.push(
      `${sample.path} ${left} ${top} ${grid.across} ${grid.down} ${grid.below} ${sample.frame.count}`,
    );
    return bandsOf(sample, grid, { left, top, rows: area.rows });
  });
  const { columns, rows } = state.size;
  return bands.length === 0 ? null : { key: [columns, rows, ...keys].join(" "), bands };
}

function bandsOf(
  sample: SampleState,
  grid: Grid,
  { left, top, rows }: { readonly left: number; readonly top: number; readonly rows: number },
): Band[] {
  const { across, below } = grid;
  const frame = sample.frame!;
  const { picture } = sample.info!;
  const size = cellsOf(picture, "pixels");
  const count = Math.min(frame.count, across * grid.down);
  const down = Math.ceil(count / across);
  const height = size.rows + below + linesBetween(down, size.rows + below, rows);
  const shown = shownPositions(sample);
  return Array.from({ length: down * size.rows }, (_, i): Band => {
    const [row, line] = [Math.floor(i / size.rows), i % size.rows];
    const from = row * across;
    const to = Math.min(count, from + across);
    const first = line * PIXELS_DOWN;
    const band = { ...picture, height: Math.min(PIXELS_DOWN, picture.height - first) };
    const before = first * picture.width;
    const drawn = Math.min(band.height * picture.width, Math.max(0, shown - before));
    const isGrowing = shown < positionsOf(sample) && shown >= before && drawn < band.height * picture.width;
    return {
      row: top + row * height + line,
      column: left,
      columns: rowColumns({ across: to - from }, size.columns),
      pitch: size.columns + PICTURE_GAP,
      key: [sample.drawing, frame.batch, drawn, isGrowing, sample.surprise].join(" "),
      pictures: () => {
        const values = (sample.surprise ? frame.logProbabilities : null) ?? frame.pixels;
        const playback = { drawn, mark: isGrowing ? drawn : null };
        return Array.from({ length: to - from }, (_, j) => {
          const start = ((from + j) * picture.height + first) * picture.width * picture.channels;
          const length = band.height * picture.width * picture.channels;
          return rasterFor(values.subarray(start, start + length), band, playback);
        });
      },
    };
  });
}

function rasterFor(
  values: LevelArray | Float32Array,
  picture: Parameters<typeof rasterOf>[1],
  playback: { readonly drawn: number; readonly mark: number | null },
): Raster {
  return values instanceof Float32Array
    ? heatRaster(values, picture, hottestBits(picture), playback)
    : rasterOf(values, picture, playback);
}
