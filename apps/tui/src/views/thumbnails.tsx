import { pictureText, type TextStyle } from "@pixelcnn/pictures";
import { Text } from "ink";
import type { ShownSheet } from "../runs/state.ts";
import { type Area, fitGrid, joinPictures } from "../sampling/grid.ts";
import { type Capabilities, stylesOf } from "../terminal/capabilities.ts";
import { shrinkRaster } from "./shrink-raster.ts";

export interface ThumbnailsProps {
  readonly sheet: ShownSheet | null;
  readonly area: Area;
  readonly style: TextStyle;
  readonly capabilities: Capabilities;
}

/** As many pictures of a sheet as fit. */
export function Thumbnails({ sheet, area, style, capabilities }: ThumbnailsProps) {
  if (sheet === null) return <Text dimColor>no samples yet</Text>;
  if (sheet.failure !== null) return <Text wrap="truncate">{`${sheet.file}: ${sheet.failure}`}</Text>;
  const [first] = sheet.pictures;
  if (first === undefined) return <Text dimColor>an empty sheet</Text>;
  const most = sheet.pictures.length;
  const grid = fitGrid(area, first, style, { styles: stylesOf(capabilities), most });
  if (grid === null) return <Text dimColor>no room for samples</Text>;
  const pictures = sheet.pictures
    .slice(0, grid.across * grid.down)
    .map((picture) => pictureText(shrinkRaster(picture, grid.shrink), grid.style, capabilities.colour));
  return <Text wrap="truncate">{joinPictures(pictures, grid, area.rows).join("\n")}</Text>;
}
