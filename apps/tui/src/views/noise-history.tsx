import { pictureText, type Raster, textSize } from "@pixelcnn/pictures";
import { Box, Text } from "ink";
import type { AppState, Overlay } from "../app/state.ts";
import { historyOf, wantedSample } from "../runs/state.ts";
import { type Area, fitGrid, joinLine, labelLine, rowColumns } from "../sampling/grid.ts";
import { textStyleFor, textStylesOf } from "../terminal/capabilities.ts";
import { hiddenLines } from "./hidden-lines.ts";
import { PaintedLine } from "./painted-line.tsx";
import { shrinkRaster } from "./shrink-raster.ts";

export interface NoiseHistoryProps {
  readonly overlay: Extract<Overlay, { type: "noise" }>;
  readonly state: AppState;
  readonly area: Area;
}

/** Heading and keys. */
const OTHER_ROWS = 2;

/** The pictures that one noise became, epoch after epoch; the one that is looked at has a mark at its epoch. */
export function NoiseHistoryView({ overlay, state, area }: NoiseHistoryProps) {
  const { runs, sample, capabilities } = state;
  const { run, picture } = overlay;
  const { samples } = historyOf(runs, run);
  const noise = runs.noise?.run === run ? runs.noise : null;
  if (noise === null) return <Text dimColor>reading {samples.length} sheets …</Text>;
  const shown = noise.sheets.map((sheet) => ({ ...sheet, raster: sheet.pictures[picture] ?? null }));
  const first = shown.find(({ raster }) => raster !== null)?.raster;
  if (first == null) return <Text>none of the sheets can be read</Text>;
  const space = { columns: area.columns, rows: area.rows - OTHER_ROWS };
  const options = { styles: textStylesOf(capabilities), most: shown.length, below: 1 };
  const grid = fitGrid(space, first, textStyleFor(sample.style, capabilities), options);
  if (grid === null) return <Text>The window is too small for the pictures.</Text>;
  const { across } = grid;
  const at = samples.indexOf(wantedSample(runs)!);
  const all = Math.ceil(shown.length / across);
  const row = Math.floor(Math.max(0, at) / across);
  const from = Math.max(0, Math.min(all - grid.down, row - Math.floor(grid.down / 2)));
  const { columns, rows: lines } = textSize(shrinkRaster(first, grid.shrink), grid.style);
  const textOf = (raster: Raster | null) =>
    raster === null
      ? Array.from({ length: lines }, () => " ".repeat(columns))
      : pictureText(shrinkRaster(raster, grid.shrink), grid.style, capabilities.colour);
  const seen = samples[at];
  const where = seen === undefined ? "" : ` · epoch ${seen.epoch}, step ${seen.step.toLocaleString("en")}`;
  const marks = hiddenLines(from * across, shown.length - (from + grid.down) * across);
  return (
    <Box flexDirection="column">
      <Text bold wrap="truncate">
        {`${run}: noise ${picture + 1} of ${noise.sheets.at(-1)?.pictures.length ?? 0}${where}  ${marks.join(" ")}`}
      </Text>
      {Array.from({ length: Math.min(all, grid.down) }, (_, i) => {
        const begin = (from + i) * across;
        const pictures = shown.slice(begin, begin + across);
        const texts = pictures.map(({ raster }) => textOf(raster));
        const labels = pictures.map((_, j) => {
          const number = begin + j;
          return `${number === at ? "▸" : ""}epoch ${samples[number]?.epoch ?? "?"}`;
        });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of pictures is its place
          <Box key={i} flexDirection="column">
            {Array.from({ length: lines }, (_, line) => (
              <PaintedLine
                // biome-ignore lint/suspicious/noArrayIndexKey: so is a line of it
                key={line}
                text={joinLine(texts.map((text) => text[line]!))}
                columns={rowColumns({ across: pictures.length }, columns)}
              />
            ))}
            {grid.below > 0 && <Text dimColor>{labelLine(labels, columns)}</Text>}
          </Box>
        );
      })}
      <Text dimColor wrap="truncate">
        ← → epoch · ↑ ↓ noise · esc leaves
      </Text>
    </Box>
  );
}
