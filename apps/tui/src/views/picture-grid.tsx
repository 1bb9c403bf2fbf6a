import { heatRaster, pictureText, rasterOf } from "@pixelcnn/pictures";
import { Text } from "ink";
import { type Grid, joinPictures } from "../sampling/grid.ts";
import { positionsOf, type SampleState, shownPositions } from "../sampling/state.ts";
import type { Capabilities } from "../terminal/capabilities.ts";
import { shrinkRaster } from "./shrink-raster.ts";

/** Bits of the brightest pixel: a value of `levels` that nothing is known of has log2(levels). */
function hottestBits(levels: number, channels: number): number {
  return Math.max(2, channels * Math.log2(levels));
}

export interface PictureGridProps {
  readonly sample: SampleState;
  readonly grid: Grid;
  readonly rows: number;
  readonly capabilities: Capabilities;
}

/** The pictures as far as they are shown, the position that is drawn next marked. */
export function PictureGrid({ sample, grid, rows, capabilities }: PictureGridProps) {
  const { frame, info } = sample;
  if (frame === null || info === null) return <Text dimColor>drawing …</Text>;
  const { picture } = info;
  const size = picture.height * picture.width * picture.channels;
  const drawn = shownPositions(sample);
  const growth = { drawn, mark: drawn < positionsOf(sample) ? drawn : null };
  const pictures = Array.from({ length: Math.min(frame.count, grid.across * grid.down) }, (_, i) => {
    const values = frame.logProbabilities?.subarray(i * size, (i + 1) * size);
    const raster =
      sample.surprise && values !== undefined
        ? heatRaster(values, picture, hottestBits(picture.levels, picture.channels), growth)
        : rasterOf(frame.pixels.subarray(i * size, (i + 1) * size), picture, growth);
    return pictureText(shrinkRaster(raster, grid.shrink), grid.style, capabilities.colour);
  });
  return <Text wrap="truncate">{joinPictures(pictures, grid, rows).join("\n")}</Text>;
}
