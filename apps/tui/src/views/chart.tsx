import { Box, Text } from "ink";
import { CURSOR_LAYER, type Segment } from "../runs/line-chart.ts";

/** Colours of curves, in the order of their layers; they can be told apart on dark and light. */
const curveColours = ["magenta", "green", "cyan", "red", "blue", "yellow"] as const;

export function colourOfLayer(layer: number): string {
  return curveColours[layer % curveColours.length]!;
}

export function Chart({ lines }: { readonly lines: readonly (readonly Segment[])[] }) {
  return (
    <Box flexDirection="column">
      {lines.map((segments, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a chart is its place
        <Text key={line} wrap="truncate">
          {segments.map(({ text, layer }, i) => (
            <Text
              // biome-ignore lint/suspicious/noArrayIndexKey: so is a piece of it
              key={i}
              dimColor={layer === null || layer === CURSOR_LAYER}
              {...(layer !== null && layer !== CURSOR_LAYER && { color: colourOfLayer(layer) })}
            >
              {text}
            </Text>
          ))}
        </Text>
      ))}
    </Box>
  );
}
