"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "../../components/controls/button.tsx";
import { FilesChooser } from "../../components/controls/file-chooser.tsx";
import { useDroppedPictures } from "../../components/files/dropped-picture.ts";
import { EXAMPLES } from "../../state/teaching/examples.ts";
import { forget, goOn, pause, teach } from "../../state/teaching/teach.ts";
import { clearAll, fill, shownOf, undo, useTeaching } from "../../state/teaching/teaching-store.ts";
import { LEAST_PICTURES, MOST_PICTURES } from "../../workers/teaching/lesson.ts";
import { Cells } from "./cells.tsx";
import { Curve } from "./curve.tsx";
import { Settings } from "./settings.tsx";
import { TakeAway } from "./take-away.tsx";
import { takePictures } from "./take-pictures.ts";
import styles from "./teach.module.css";
import { useLessonAddress } from "./use-lesson-address.ts";

export function Teach() {
  const [isTracing, setTracing] = useState(false);
  const { isLinked, change } = useLessonAddress();
  const hasPictures = useTeaching(({ pictures }) => pictures.length > 0);
  const count = useTeaching((state) => shownOf(state).length);
  const past = useTeaching(({ past }) => past);
  const status = useTeaching(({ status }) => status);
  useDroppedPictures("Drop 10 to 200 small pictures to teach them, or a model file to use it.", takePictures);
  return (
    <div className={styles.bench}>
      <div className={styles.work}>
        <div className={styles.buttons}>
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
          {status !== "idle" && <Button onClick={forget}>Forget</Button>}
          <Button onClick={undo} disabled={past.length === 0}>
            Undo
          </Button>
          <Button onClick={clearAll} disabled={count === 0}>
            Clear
          </Button>
          <Button
            aria-pressed={isTracing}
            disabled={hasPictures}
            onClick={() => setTracing(!isTracing)}
          >
            Something to trace
          </Button>
          <Button
            onClick={() => fill(EXAMPLES.map(({ drawing }) => drawing))}
            disabled={hasPictures || count === EXAMPLES.length}
          >
            Draw for me
          </Button>
          <FilesChooser label="Take pictures…" accept="image/*" onFiles={(files) => void takePictures(files)} />
        </div>
        <Cells isTracing={isTracing} />
      </div>
      <section className={styles.learning} aria-label="How it learns">
        <Sentence count={count} isLinked={isLinked} />
        <Curve />
        <p className={styles.note}>
          <Pace /> A curve that falls does not prove yet that it can draw:{" "}
          <Link href="/explain/#mask" prefetch={false}>
            this network cheats
          </Link>
          .
        </p>
        <Settings onChange={change} />
        <TakeAway />
      </section>
    </div>
  );
}

function Sentence({ count, isLinked }: { readonly count: number; readonly isLinked: boolean }) {
  const status = useTeaching(({ status }) => status);
  const firstRecognised = useTeaching(({ firstRecognised }) => firstRecognised);
  const trouble = useTeaching(({ trouble }) => trouble);
  return (
    <p role="status" className={styles.sentence}>
      {trouble !== null
        ? `The training stopped: ${trouble}. What you drew is still here.`
        : status === "idle"
          ? invitation(count, isLinked)
          : firstRecognised !== null
            ? `The first shape that can be recognised came at step ${firstRecognised}.`
            : status === "paused"
              ? "It rests. Nothing can be recognised yet."
              : "It learns. So far it draws noise."}
    </p>
  );
}

function invitation(count: number, isLinked: boolean): string {
  if (count === 0)
    return `Draw in the cells, one thing in each. Or drop ${LEAST_PICTURES} to ${MOST_PICTURES} small pictures: letters, icons, sprites.`;
  return isLinked
    ? "These drawings came with the link. Press Teach, and watch it learn them."
    : "Press Teach, or draw more.";
}

/** By itself, for it changes ten times a second. */
function Pace() {
  const progress = useTeaching(({ progress }) => progress);
  return progress === null
    ? "The second curve is of the same shapes, moved and turned in ways that it never practises on."
    : `Step ${progress.step}, ${progress.stepMs.toFixed(0)} ms each.`;
}
