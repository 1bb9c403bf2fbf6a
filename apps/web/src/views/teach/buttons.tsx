"use client";
/** What begins, halts and undoes. By itself: it changes with every stroke, and the rest of the page need not be looked at then. */
import { AskingButton } from "../../components/controls/asking-button.tsx";
import { Button } from "../../components/controls/button.tsx";
import { FilesChooser } from "../../components/controls/file-chooser.tsx";
import { inBrowser } from "../../components/page/in-browser.tsx";
import { EXAMPLES } from "../../state/teaching/examples.ts";
import { forget, goOn, pause, teach } from "../../state/teaching/teach.ts";
import { clearAll, fill, shownOf, undo, useTeaching } from "../../state/teaching/teaching-store.ts";
import { takePictures } from "./take-pictures.ts";
import styles from "./teach.module.css";

/** Most visitors have one tab. */
const OvertakenNotice = inBrowser(() =>
  import("../../components/strokes/overtaken-notice.tsx").then(({ OvertakenNotice }) => OvertakenNotice),
);

interface ButtonsProps {
  readonly isTracing: boolean;
  readonly onTracing: (isTracing: boolean) => void;
}

export function Buttons({ isTracing, onTracing }: ButtonsProps) {
  const hasPictures = useTeaching(({ pictures }) => pictures.length > 0);
  const count = useTeaching((state) => shownOf(state).length);
  const canUndo = useTeaching(({ past }) => past.length > 0);
  const status = useTeaching(({ status }) => status);
  const isOvertaken = useTeaching(({ isOvertaken }) => isOvertaken);
  return (
    <div className={styles.buttons}>
      {isOvertaken && <OvertakenNotice />}
      <div className={styles.lesson}>
        {status === "idle" && (
          <Button kind="primary" disabled={count === 0} onClick={() => void teach()}>
            Teach
          </Button>
        )}
        {status === "starting" && (
          <Button kind="primary" disabled>
            Starting…
          </Button>
        )}
        {status === "learning" && (
          <Button kind="primary" onClick={() => void pause()}>
            Pause
          </Button>
        )}
        {status === "paused" && (
          <Button kind="primary" disabled={count === 0} onClick={() => void goOn()}>
            Go on
          </Button>
        )}
        {/* Beside Pause. */}
        {status !== "idle" && (
          <AskingButton question="Really forget it?" onSure={forget}>
            Forget
          </AskingButton>
        )}
      </div>
      <Button onClick={undo} disabled={!canUndo}>
        Undo
      </Button>
      <Button onClick={clearAll} disabled={count === 0}>
        Clear
      </Button>
      <Button aria-pressed={isTracing} disabled={hasPictures} onClick={() => onTracing(!isTracing)}>
        Something to trace
      </Button>
      <Button
        onClick={() => fill(EXAMPLES.map(({ drawing }) => drawing))}
        disabled={hasPictures || count === EXAMPLES.length}
      >
        Fill with examples
      </Button>
      <FilesChooser label="Open pictures…" accept="image/*" onFiles={(files) => void takePictures(files)} />
    </div>
  );
}
