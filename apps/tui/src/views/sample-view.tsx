import { basename } from "node:path";
import { textSize } from "@pixelcnn/pictures";
import { Box, Text } from "ink";
import { sampleKeys } from "../app/keys.ts";
import { bodyArea, sampleGrid } from "../app/layout.ts";
import type { AppState } from "../app/state.ts";
import { speedLabel, speeds } from "../sampling/speeds.ts";
import { positionsOf, type SampleState, shownPositions } from "../sampling/state.ts";
import { OverlayView } from "./overlay-view.tsx";
import { PictureGrid } from "./picture-grid.tsx";

/** The pictures, and below them two lines: what is drawn, and how fast. */
export function SampleView({ state }: { readonly state: AppState }) {
  const { sample, overlay, size, message } = state;
  const area = bodyArea(size, sampleKeys);
  return (
    <>
      <Box height={area.rows} overflow="hidden" flexDirection="column">
        {overlay === null ? (
          <Pictures state={state} rows={area.rows} />
        ) : (
          <OverlayView overlay={overlay} state={state} area={area} />
        )}
      </Box>
      <Text wrap="truncate">{settingsLine(sample)}</Text>
      {message === "" ? (
        <Text wrap="truncate">{speedLine(sample)}</Text>
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
function settingsLine(sample: SampleState): string {
  const { info, path, seed, temperature, classLabel, playing, surprise, known, style } = sample;
  const parts = [`${playing ? "▶" : "⏸"} ${modelName(path)}`];
  if (info !== null) {
    const { width, height, channels, levels } = info.picture;
    parts.push(`${width}×${height}${channels === 3 ? " RGB" : ""} ${levels} levels`);
  }
  parts.push(`seed ${seed}`, `temperature ${temperature.toFixed(1)}`);
  if ((info?.classes ?? 0) > 0) parts.push(classLabel === null ? "all classes" : `class ${classLabel}`);
  if (known !== null) parts.push("completing");
  parts.push(surprise ? `bits per pixel as ${style}` : style);
  return parts.join(" · ");
}

/**
 * What is shown and what the sampler does are two speeds: at a slow pace it mostly waits, so its own speed counts only the
 * time that it was busy.
 */
function speedLine(sample: SampleState): string {
  const { frame, speed } = sample;
  if (frame === null) return "";
  const size = positionsOf(sample);
  const perSecond = (frame.drawnPositions / frame.busyMs) * 1000;
  const measured = `${figure(perSecond / size)} pictures/s, ${figure(perSecond)} positions/s`;
  const sampler = `${frame.sampler}: ${frame.busyMs > 0 ? measured : "…"}`;
  const where = `${shownPositions(sample)}/${size} · pictures ${frame.first}–${frame.first + frame.count - 1}`;
  return [sampler, `shown ${speedLabel(speeds[speed]!)}`, where].join(" · ");
}

/** A run's model is called by the run, not "model". */
function modelName(path: string): string {
  const name = basename(path, ".safetensors");
  if (name !== "model" && name !== "best") return name;
  return `${path.split(/[/\\]/).at(-2)}, ${name === "best" ? "best" : "newest"}`;
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(2);
}
