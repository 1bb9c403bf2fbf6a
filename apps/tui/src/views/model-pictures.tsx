import { basename } from "node:path";
import { Text } from "ink";
import { sampleKeys } from "../app/keys.ts";
import { sampleGrid } from "../app/layout.ts";
import type { AppState } from "../app/state.ts";
import { type Area, cellsOf } from "../sampling/grid.ts";
import type { SampleState } from "../sampling/state.ts";
import { PictureGrid } from "./picture-grid.tsx";

export interface ModelPicturesProps {
  readonly state: AppState;
  readonly sample: SampleState;
  readonly area: Area;
}

/** What a model draws, or why it draws nothing. */
export function ModelPictures({ state, sample, area }: ModelPicturesProps) {
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
  const grid = sampleGrid(state, sampleKeys, sample);
  if (grid === null) {
    const { columns, rows: needed } = cellsOf(sample.info.picture, sample.style);
    return <Text>{`The window is too small: a picture takes ${columns}×${needed} characters.`}</Text>;
  }
  return <PictureGrid sample={sample} grid={grid} rows={area.rows} capabilities={state.capabilities} />;
}
