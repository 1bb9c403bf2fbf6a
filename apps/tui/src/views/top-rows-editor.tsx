import { pictureText, rasterOf, type TextStyle, textSize } from "@pixelcnn/pictures";
import { Box, Text } from "ink";
import { knownOf, type TopRows } from "../app/top-rows.ts";
import { type Area, fitGrid } from "../sampling/grid.ts";
import { type Capabilities, textStylesOf } from "../terminal/capabilities.ts";
import { PaintedLine } from "./painted-line.tsx";

export interface TopRowsEditorProps {
  readonly top: TopRows;
  readonly area: Area;
  readonly style: TextStyle;
  readonly capabilities: Capabilities;
}

/** The rows that are given, the cursor marked in them; what is below is left to the model. */
export function TopRowsEditor({ top, area, style, capabilities }: TopRowsEditorProps) {
  const { picture, rows, x, y } = top;
  const space = { columns: area.columns - 2, rows: area.rows - 3 };
  const grid = fitGrid(space, picture, style, { styles: textStylesOf(capabilities), most: 1 });
  const playback = { drawn: rows * picture.width, mark: y * picture.width + x };
  // Where the whole picture does not fit, the part around the cursor does.
  const shownStyle = grid?.shrink === 1 ? grid.style : textStylesOf(capabilities).at(-1)!;
  const all = pictureText(rasterOf(knownOf(top).levels, picture, playback), shownStyle, capabilities.colour);
  const room = Math.max(1, space.rows);
  const at = Math.floor((y / picture.height) * all.length);
  const from = Math.max(0, Math.min(all.length - room, at - Math.floor(room / 2)));
  const { columns } = textSize(picture, shownStyle);
  const isWide = columns > space.columns;
  const lines = isWide ? [] : all.slice(from, from + room);
  return (
    <Box flexDirection="column">
      <Text
        bold
        wrap="truncate"
      >{`The top ${rows} of ${picture.height} rows, row ${y + 1}, column ${x + 1}`}</Text>
      {isWide && <Text wrap="truncate">the window is too narrow for this picture</Text>}
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <PaintedLine key={i} text={`│${line}│`} columns={columns + 2} />
      ))}
      <Text dimColor wrap="truncate">
        arrows move · space or 0–9 paint · [ ] rows · l load a picture · x wipe
      </Text>
      <Text dimColor wrap="truncate">
        enter completes them · n draws without · esc leaves
      </Text>
    </Box>
  );
}
