import { pixelRows, type TextStyle } from "@pixelcnn/pictures";
import { Box, Text } from "ink";
import { cellsOf, type Grid, labelLine, linesBetween, rowColumns } from "../sampling/grid.ts";
import { labelOf } from "../sampling/label-of.ts";
import { positionsOf, type SampleState, shownPositions } from "../sampling/state.ts";
import type { Capabilities } from "../terminal/capabilities.ts";
import { PictureLine, type PictureLineProps } from "./picture-line.tsx";

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
  const { style, shrink, across, below } = grid;
  const { width, height } = info.picture;
  const shrunk = { width: Math.ceil(width / shrink), height: Math.ceil(height / shrink) };
  const { columns, rows: lines } = cellsOf(shrunk, style);
  const down = Math.ceil(Math.min(frame.count, across * grid.down) / across);
  const shared = { colour: capabilities.colour, columns: rowColumns(grid, columns) };
  return (
    <Box flexDirection="column" gap={linesBetween(down, lines + below, rows)}>
      {Array.from({ length: down }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of pictures is its place
        <Box key={row} flexDirection="column">
          {Array.from({ length: lines }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: so is a line of it
            <Line key={line} {...{ sample, grid, row, line, ...shared }} />
          ))}
          {below > 0 && <Text dimColor>{labelLine(labelsOf(sample, grid, row), columns)}</Text>}
        </Box>
      ))}
    </Box>
  );
}

interface LineProps {
  readonly sample: SampleState;
  readonly grid: Grid;
  readonly row: number;
  readonly line: number;
  readonly columns: number;
  readonly colour: Capabilities["colour"];
}

/** A line through a row of pictures; real pixels lie over blanks. */
function Line({ sample, grid, row, line, columns, colour }: LineProps) {
  const { style, shrink } = grid;
  if (style === "pixels") return <Text>{" ".repeat(columns)}</Text>;
  return (
    <PictureLine
      {...{ style, shrink, colour, columns }}
      {...bandsOf(sample, { ...grid, style }, row, line)}
    />
  );
}

/** Classes of a row of pictures. */
function labelsOf(sample: SampleState, { across, down }: Grid, row: number): string[] {
  const { first, count } = sample.frame!;
  const [from, to] = [row * across, Math.min(count, across * down, (row + 1) * across)];
  return Array.from({ length: to - from }, (_, i) => labelOf(sample, first + from + i));
}

/** The part of a row of pictures that one line shows. */
function bandsOf(
  sample: SampleState,
  { style, shrink, across, down }: Grid<TextStyle>,
  row: number,
  line: number,
): Pick<PictureLineProps, "bands" | "picture" | "drawn" | "mark"> {
  const { picture } = sample.info!;
  const { count, pixels, logProbabilities } = sample.frame!;
  const { width, height, channels } = picture;
  const values = (sample.surprise ? logProbabilities : null) ?? pixels;
  const top = line * pixelRows(style) * shrink;
  const band = { ...picture, height: Math.min(pixelRows(style) * shrink, height - top) };
  const [from, to] = [row * across, Math.min(count, across * down, (row + 1) * across)];
  const bands = Array.from({ length: to - from }, (_, i) => {
    const start = ((from + i) * height + top) * width * channels;
    return values.subarray(start, start + band.height * width * channels);
  });
  const shown = shownPositions(sample);
  const drawn = Math.min(band.height * width, Math.max(0, shown - top * width));
  const isGrowing = shown < positionsOf(sample) && shown >= top * width && drawn < band.height * width;
  return { bands, picture: band, drawn, mark: isGrowing ? drawn : null };
}
