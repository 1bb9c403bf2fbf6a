import { colourText, levelToByte, type Palette } from "@pixelcnn/core/data";

/** The colour of a level: grey, or a shade of its channel, or that of a palette. */
export function levelColour(
  level: number,
  levels: number,
  channel: "red" | "green" | "blue" | null,
  palette?: Palette,
): string {
  if (palette) return colourText(palette[level]!);
  const byte = levelToByte(level, levels);
  if (channel === null) return `rgb(${byte} ${byte} ${byte})`;
  return `rgb(${channel === "red" ? byte : 0} ${channel === "green" ? byte : 0} ${channel === "blue" ? byte : 0})`;
}
