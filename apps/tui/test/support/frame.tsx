/** Frames of the app as text, without a terminal. */
import { EventEmitter } from "node:events";
import { render } from "ink";
import type { AppState } from "../../src/app/state.ts";
import { App } from "../../src/views/app.tsx";

/** The lines of a frame, without blanks at their ends. */
export function frameOf(state: AppState): string {
  const screen = new Frames(state);
  screen.close();
  return screen.frame;
}

/** Frame after frame on one screen, as the running app shows them. */
export class Frames {
  /** The newest one. */
  frame = "";
  readonly #ink: ReturnType<typeof render>;

  constructor(state: AppState) {
    const stdout = Object.assign(new EventEmitter(), {
      ...state.size,
      write: (text: string) => {
        this.frame = text;
        return true;
      },
    }) as unknown as NodeJS.WriteStream;
    this.#ink = render(<App state={state} />, {
      ...{ stdout, debug: true, patchConsole: false, exitOnCtrlC: false },
    });
  }

  show(state: AppState): void {
    this.#ink.rerender(<App state={state} />);
  }

  close(): void {
    const { frame } = this;
    this.#ink.unmount();
    this.frame = frame;
  }
}
