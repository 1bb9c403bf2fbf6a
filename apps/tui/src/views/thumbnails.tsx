import { pictureText, type TextStyle, textSize } from "@pixelcnn/pictures";
import { Text } from "ink";
import { memo } from "react";
import type { ShownSheet } from "../runs/state.ts";
import { fitGrid, joinPictures, rowColumns } from "../sampling/grid.ts";
import { type Capabilities, textStylesOf } from "../terminal/capabilities.ts";
import { PaintedLine } from "./painted-line.tsx";
import { shrinkRaster } from "./shrink-raster.ts";

export interface ThumbnailsProps {
  readonly sheet: ShownSheet | null;
  /** What is said while there is none. */
  readonly instead: string;
  readonly columns: number;
  readonly rows: number;
  readonly style: TextStyle;
  readonly capabilities: Capabilities;
}

/** As many pictures of a sheet as fit; drawn again when there is another sheet, and not with every figure beside it. */
export const Thumbnails = memo(function Thumbnails(props: ThumbnailsProps) {
  const { sheet, instead, style, capabilities, ...area } = props;
  if (sheet === null)
    return (
      <Text dimColor wrap="truncate">
        {instead}
      </Text>
    );
  if (sheet.failure !== null) return <Text wrap="truncate">{`${sheet.file}: ${sheet.failure}`}</Text>;
  const [first] = sheet.pictures;
  if (first === undefined) return <Text dimColor>an empty sheet</Text>;
  const most = sheet.pictures.length;
  const grid = fitGrid(area, first, style, { styles: textStylesOf(capabilities), most });
  if (grid === null) return <Text dimColor>no room for samples</Text>;
  const shown = sheet.pictures
    .slice(0, grid.across * grid.down)
    .map((picture) => shrinkRaster(picture, grid.shrink));
  const texts = shown.map((picture) => pictureText(picture, grid.style, capabilities.colour));
  const columns = rowColumns(grid, textSize(shown[0]!, grid.style).columns);
  return joinPictures(texts, grid, area.rows).map((text, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
    <PaintedLine key={line} text={text} columns={columns} />
  ));
});
