import { Box, Text } from "ink";
import type { AppState } from "../app/state.ts";

/** Which view this is, and the window's size. */
export function Title({ view, size }: { readonly view: AppState["view"]; readonly size: AppState["size"] }) {
  const tab = (name: AppState["view"]) => (
    <Text bold={view === name} dimColor={view !== name} underline={view === name}>
      {view === name ? `[${name}]` : ` ${name} `}
    </Text>
  );
  return (
    <Box justifyContent="space-between" flexShrink={0}>
      <Text wrap="truncate">
        <Text bold>PixelCNN</Text> {tab("sample")} {tab("runs")} {tab("devices")}
      </Text>
      {size.columns >= 40 && <Text dimColor>{`${size.columns}×${size.rows}`}</Text>}
    </Box>
  );
}
