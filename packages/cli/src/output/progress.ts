/** Progress bars on standard error; silent where nobody watches. */
import { SingleBar } from "cli-progress";

export interface Progress {
  /** @param share 0 ... 1 @param note what stands behind the bar. */
  update(share: number, note: string): void;
  /** Clears the line, so that something else can be printed. */
  clear(): void;
}

const RESOLUTION = 1000;

/** A bar with the time that is left, or nothing when standard error is no terminal or `quiet` is set. */
export function progressBar(label: string, quiet: boolean): Progress {
  if (quiet || !process.stderr.isTTY) return { update() {}, clear() {} };
  let bar: SingleBar | null = null;
  return {
    update(share, note) {
      if (bar === null) {
        bar = new SingleBar({
          format: `${label} {bar} {percentage}% · {note} · {eta_formatted} left`,
          barCompleteChar: "█",
          barIncompleteChar: "░",
          barsize: 24,
          clearOnComplete: true,
          hideCursor: true,
          etaBuffer: 50,
          stream: process.stderr,
        });
        bar.start(RESOLUTION, 0, { note });
      }
      bar.update(Math.round(share * RESOLUTION), { note });
    },
    clear() {
      bar?.stop();
      bar = null;
    },
  };
}
