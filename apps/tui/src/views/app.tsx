import { Box } from "ink";
import { viewKeys } from "../app/keys.ts";
import { frameRows, shownHelp } from "../app/layout.ts";
import type { AppState } from "../app/state.ts";
import { DevicesView } from "./devices-view.tsx";
import { HelpLine } from "./help-line.tsx";
import { HelpScreen } from "./help-screen.tsx";
import { RunsView } from "./runs-view.tsx";
import { SampleView } from "./sample-view.tsx";
import { Title } from "./title.tsx";

/** A whole frame: exactly the window but for its last row. */
export function App({ state }: { readonly state: AppState }) {
  const { view, size, overlay } = state;
  const bindings = viewKeys[view];
  const rows = frameRows(size);
  return (
    <Box flexDirection="column" width={size.columns} height={rows} overflowY="hidden">
      <Title view={view} size={size} />
      {overlay?.type === "help" ? (
        <HelpScreen
          bindings={bindings}
          text={overlay.text}
          top={overlay.top}
          area={{ columns: size.columns, rows: rows - 1 }}
        />
      ) : (
        <>
          {view === "sample" && <SampleView state={state} />}
          {view === "runs" && <RunsView state={state} />}
          {view === "devices" && <DevicesView state={state} />}
          <HelpLine lines={shownHelp(bindings, size)} />
        </>
      )}
    </Box>
  );
}
