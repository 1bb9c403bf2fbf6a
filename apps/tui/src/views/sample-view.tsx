import { basename } from "node:path";
import { textSize } from "@pixelcnn/pictures";
import { Box, Text } from "ink";
import { sampleKeys } from "../app/keys.ts";
import { bodyArea, legendRows, sampleGrid } from "../app/layout.ts";
import type { AppState } from "../app/state.ts";
import { speedOf } from "../sampling/speed-of.ts";
import { speedLabel, speeds } from "../sampling/speeds.ts";
import { positionsOf, type SampleState, shownPositions } from "../sampling/state.ts";
import { fittedLine, type Part } from "./fitted-line.ts";
import { Legend } from "./legend.tsx";
import { OverlayView } from "./overlay-view.tsx";
import { PictureGrid } from "./picture-grid.tsx";

/** The pictures, and below them two lines: what is drawn, and how fast. */
export function SampleView({ state }: { readonly state: AppState }) {
  const { sample, overlay, size, message, capabilities } = state;
  const area = bodyArea(size, sampleKeys);
  return (
    <>
      <Box
        height={area.rows - (overlay === null ? legendRows(state) : 0)}
        overflowY="hidden"
        flexDirection="column"
      >
        {overlay === null ? (
          <Pictures state={state} rows={area.rows - legendRows(state)} />
        ) : (
          <OverlayView overlay={overlay} state={state} area={area} />
        )}
      </Box>
      {overlay === null && legendRows(state) > 0 && (
        <Legend {...{ sample, capabilities, columns: size.columns }} />
      )}
      <Text wrap="truncate">{settingsLine(state)}</Text>
      {message === "" ? (
        <Text wrap="truncate">{speedLine(sample, size.columns)}</Text>
      ) : (
        <Text bold wrap="truncate">
          {message}
        </Text>
      )}
    </>
  );
}

function Pictures({ state, rows }: { readonly state: AppState; readonly rows: number }) {
  const { sample, capabilities } = state;
  if (sample.failure !== null) {
    return (
      <Text>
        <Text bold color="red">
          Nothing can be drawn.
        </Text>{" "}
        {sample.failure}
        {"\n"}
        <Text dimColor>m picks another model.</Text>
      </Text>
    );
  }
  if (sample.info === null) return <Text dimColor>reading {basename(sample.path)} …</Text>;
  const grid = sampleGrid(state, sampleKeys);
  if (grid === null) {
    const { columns, rows: needed } = textSize(sample.info.picture, sample.style);
    return <Text>{`The window is too small: a picture takes ${columns}×${needed} characters.`}</Text>;
  }
  return <PictureGrid sample={sample} grid={grid} rows={rows} capabilities={capabilities} />;
}

/** "▶ glyphs · 16×16 4 levels · seed 0 · temperature 1.0 · all classes · half-blocks". */
function settingsLine(state: AppState): string {
  const { sample, size } = state;
  const { info, path, seed, temperature, classLabel, playing, surprise, known, style } = sample;
  const parts: Part[] = [`${playing ? "▶" : "⏸"} ${modelName(path)}`];
  if (info !== null) {
    const { width, height, channels, levels } = info.picture;
    const picture = `${width}×${height}${channels === 3 ? " RGB" : ""}`;
    parts.push([`${picture} ${levels} levels`, picture, ""]);
  }
  parts.push(`seed ${seed}`, [`temperature ${temperature.toFixed(1)}`, `temp ${temperature.toFixed(1)}`]);
  if ((info?.classes ?? 0) > 0) parts.push(classLabel === null ? "all classes" : `class ${classLabel}`);
  if (known !== null) parts.push("completing");
  const grid = sampleGrid(state, sampleKeys);
  // Not what was chosen, but what is seen.
  const seen = grid?.style ?? style;
  parts.push(surprise ? [`bits per pixel as ${seen}`, "bits per pixel"] : seen);
  if (grid !== null && grid.shrink > 1) parts.push(`1/${grid.shrink} size`);
  return fittedLine(parts, size.columns);
}

/**
 * What is shown and what the sampler does are two speeds: at a slow pace it mostly waits, so its own speed counts only the
 * time that it was busy.
 */
function speedLine(sample: SampleState, window: number): string {
  const { frame, speed } = sample;
  if (frame === null) return "";
  const size = positionsOf(sample);
  const sampled = speedOf(sample);
  const pace = `${frame.sampler}: ${sampled === null ? "…" : `${sampled.pictures} pictures/s`}`;
  const sampler = [sampled === null ? pace : `${pace}, ${sampled.positions} positions/s`, pace];
  const where = `${shownPositions(sample)}/${size}`;
  const pictures = `pictures ${frame.first}–${frame.first + frame.count - 1}`;
  return fittedLine([sampler, `shown ${speedLabel(speeds[speed]!)}`, where, [pictures, ""]], window);
}

/** A run's model is called by the run, not "model". */
function modelName(path: string): string {
  const name = basename(path, ".safetensors");
  if (name !== "model" && name !== "best") return name;
  return `${path.split(/[/\\]/).at(-2)}, ${name === "best" ? "best" : "newest"}`;
}
