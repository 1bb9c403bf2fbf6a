import { Box, Text } from "ink";
import { sampleKeys } from "../app/keys.ts";
import { BESIDE_GAP, bodyArea, legendRows, pictureArea, sampleGrid } from "../app/layout.ts";
import type { AppState } from "../app/state.ts";
import { modelName } from "../sampling/model-name.ts";
import { speedOf } from "../sampling/speed-of.ts";
import { speedLabel, speeds } from "../sampling/speeds.ts";
import { positionsOf, type SampleState, shownPositions } from "../sampling/state.ts";
import { fittedLine, type Part } from "./fitted-line.ts";
import { Legend } from "./legend.tsx";
import { ModelPictures } from "./model-pictures.tsx";
import { OverlayView } from "./overlay-view.tsx";

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
          <Models state={state} />
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

/** The pictures of one model, or of several side by side, each below its name. */
function Models({ state }: { readonly state: AppState }) {
  const { sample, beside } = state;
  const area = pictureArea(state, sampleKeys);
  if (beside.length === 0) return <ModelPictures state={state} sample={sample} area={area} />;
  return (
    <Box gap={BESIDE_GAP}>
      {[sample, ...beside].map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a model is its place
        <Box key={i} flexDirection="column" width={area.columns}>
          <Text bold wrap="truncate">
            {modelName(one.path)}
          </Text>
          <ModelPictures state={state} sample={one} area={area} />
        </Box>
      ))}
    </Box>
  );
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
