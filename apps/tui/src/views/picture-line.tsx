/** A line of the screen through a row of pictures: drawn again only when something in it changed. */
import type { LevelArray } from "@pixelcnn/core";
import { heatRaster, pictureText, type Raster, rasterOf, type TextStyle } from "@pixelcnn/pictures";
import { memo } from "react";
import { joinLine } from "../sampling/grid.ts";
import { hottestBits } from "../sampling/hottest-bits.ts";
import type { ModelInfo } from "../sampling/messages.ts";
import type { Capabilities } from "../terminal/capabilities.ts";
import { PaintedLine } from "./painted-line.tsx";
import { shrinkRaster } from "./shrink-raster.ts";

export interface PictureLineProps {
  /** Of every picture in the row, the rows of pixels in this line: levels, or nats of log-probability, [H, W, C]. */
  readonly bands: readonly (LevelArray | Float32Array)[];
  /** Shape of a band. */
  readonly picture: ModelInfo["picture"];
  /** Positions of a band that are drawn, and the one that is marked. */
  readonly drawn: number;
  readonly mark: number | null;
  readonly style: TextStyle;
  /** Pixels side by side that become one. */
  readonly shrink: number;
  readonly colour: Capabilities["colour"];
  readonly columns: number;
}

export const PictureLine = memo(function PictureLine(props: PictureLineProps) {
  const { bands, style, shrink, colour, columns } = props;
  const lines = bands.map(
    (band) => pictureText(shrinkRaster(rasterFor(band, props), shrink), style, colour)[0]!,
  );
  return <PaintedLine text={joinLine(lines)} columns={columns} />;
}, showsTheSame);

function rasterFor(band: LevelArray | Float32Array, { picture, drawn, mark }: PictureLineProps): Raster {
  const playback = { drawn, mark };
  return band instanceof Float32Array
    ? heatRaster(band, picture, hottestBits(picture), playback)
    : rasterOf(band, picture, playback);
}

function showsTheSame(before: PictureLineProps, after: PictureLineProps): boolean {
  const { picture, drawn, bands } = after;
  const scalars = ["drawn", "mark", "style", "shrink", "colour", "columns"] as const;
  if (scalars.some((name) => before[name] !== after[name])) return false;
  const shape = ["width", "height", "channels", "levels"] as const;
  if (shape.some((name) => before.picture[name] !== picture[name])) return false;
  const values = drawn * picture.channels;
  return (
    bands.length === before.bands.length &&
    bands.every((band, i) => startsAlike(band, before.bands[i]!, values))
  );
}

/** Are the first `count` values of one kind, and the same? */
function startsAlike(a: PictureLineProps["bands"][number], b: typeof a, count: number): boolean {
  if (a instanceof Float32Array !== b instanceof Float32Array) return false;
  for (let i = 0; i < count; i++) if (a[i] !== b[i]) return false;
  return true;
}
