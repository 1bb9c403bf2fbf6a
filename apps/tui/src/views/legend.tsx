import { colourSequence, heatColour, resetSequence } from "@pixelcnn/pictures";
import { Text } from "ink";
import { hottestBits } from "../sampling/hottest-bits.ts";
import { classTexts } from "../sampling/label-of.ts";
import type { SampleState } from "../sampling/state.ts";
import type { Capabilities } from "../terminal/capabilities.ts";
import { PaintedLine } from "./painted-line.tsx";

export interface LegendProps {
  readonly sample: SampleState;
  readonly capabilities: Capabilities;
  readonly columns: number;
}

const SCALE_COLUMNS = 24;
/** Where there is no colour, more ink is more bits. */
const INK = " .:-=+*#%@";

/** What colours or classes mean, in a line. */
export function Legend({ sample, capabilities, columns }: LegendProps) {
  if (sample.info === null) return null;
  if (!sample.surprise) {
    return (
      <Text dimColor wrap="truncate">
        {classTexts(sample).join(" · ")}
      </Text>
    );
  }
  const before = "0 bits ";
  const after = ` ${hottestBits(sample.info.picture).toFixed(0)} bits a pixel`;
  const { colour } = capabilities;
  const scale = Array.from({ length: SCALE_COLUMNS }, (_, i) => {
    const heat = i / (SCALE_COLUMNS - 1);
    return colour > 0
      ? `${colourSequence(heatColour(heat), "behind", colour)} `
      : INK[Math.min(INK.length - 1, Math.floor(heat * INK.length))]!;
  });
  const end = colour > 0 ? resetSequence("behind") : "";
  const width = before.length + SCALE_COLUMNS + after.length;
  if (width > columns) return <Text> </Text>;
  return <PaintedLine text={`${before}${scale.join("")}${end}${after}`} columns={width} />;
}
