import { Box, Text } from "ink";
import { deviceKeys } from "../app/keys.ts";
import { bodyArea } from "../app/layout.ts";
import type { AppState } from "../app/state.ts";
import { deviceLines } from "../devices/device-lines.ts";
import { OverlayView } from "./overlay-view.tsx";
import { ScrolledLines } from "./scrolled-lines.tsx";

/** What computes, what it holds and how fast it is. */
export function DevicesView({ state }: { readonly state: AppState }) {
  const { overlay, size, message } = state;
  const area = bodyArea(size, deviceKeys);
  const rows = area.rows + 2;
  return (
    <Box height={rows} flexDirection="column" overflowY="hidden">
      {overlay === null ? (
        <ScrolledLines
          lines={deviceLines(state, area.columns)}
          top={state.devicesTop}
          rows={rows - 1}
          columns={area.columns}
        />
      ) : (
        <OverlayView overlay={overlay} state={state} area={area} />
      )}
      {message !== "" && (
        <Text bold wrap="truncate">
          {message}
        </Text>
      )}
    </Box>
  );
}
