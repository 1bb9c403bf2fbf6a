/** A frame of the program as text, without a terminal. */
import { EventEmitter } from "node:events";
import { render } from "ink";
import type { AppState } from "../../src/app/state.ts";
import { App } from "../../src/views/app.tsx";

/** The lines of a frame, without blanks at their ends. */
export function frameOf(state: AppState): string {
  const { columns, rows } = state.size;
  let last = "";
  const stdout = Object.assign(new EventEmitter(), {
    ...{ columns, rows },
    write(text: string) {
      last = text;
      return true;
    },
  });
  const { unmount } = render(<App state={state} />, {
    ...{
      stdout: stdout as unknown as NodeJS.WriteStream,
      debug: true,
      patchConsole: false,
      exitOnCtrlC: false,
    },
  });
  const frame = last;
  unmount();
  return frame;
}
