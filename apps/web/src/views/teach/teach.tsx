"use client";
import Link from "next/link";
import { useState } from "react";
import { useDroppedPictures } from "../../components/files/dropped-picture.ts";
import { shownOf, useTeaching } from "../../state/teaching/teaching-store.ts";
import { LEAST_PICTURES, MOST_PICTURES } from "../../workers/teaching/lesson.ts";
import { Buttons } from "./buttons.tsx";
import { Cells } from "./cells.tsx";
import { Curve } from "./curve.tsx";
import { Settings } from "./settings.tsx";
import { TakeAway } from "./take-away.tsx";
import { takePictures } from "./take-pictures.ts";
import styles from "./teach.module.css";
import { useLessonAddress } from "./use-lesson-address.ts";

export function Teach() {
  const [isTracing, setTracing] = useState(false);
  const change = useLessonAddress();
  useDroppedPictures("Drop 10 to 200 small pictures to teach them, or a model file to use it.", takePictures);
  return (
    <div className={styles.bench}>
      <div className={styles.work}>
        <Buttons isTracing={isTracing} onTracing={setTracing} />
        <Cells isTracing={isTracing} />
      </div>
      <section className={styles.learning} aria-label="How it learns">
        <Sentence />
        <Curve />
        <p className={styles.note}>
          <Pace /> A falling curve does not prove that a model can draw:{" "}
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

function Sentence() {
  const isLinked = useTeaching(({ link }) => link !== null);
  const arePictures = useTeaching(({ pictures }) => pictures.length > 0);
  const count = useTeaching((state) => shownOf(state).length);
  const status = useTeaching(({ status }) => status);
  const firstRecognised = useTeaching(({ firstRecognised }) => firstRecognised);
  const trouble = useTeaching(({ trouble }) => trouble);
  return (
    <p role="status" className={styles.sentence}>
      {trouble !== null
        ? `The training stopped: ${trouble}. What you drew is still here.`
        : status === "idle"
          ? invitation(count, isLinked, arePictures)
          : count === 0
            ? "It rests, for nothing is left to learn from. Draw something, and press Go on."
            : firstRecognised !== null
              ? `The first shape that can be recognised came at step ${firstRecognised}.`
              : status === "paused"
                ? "It rests. Nothing can be recognised yet."
                : "It learns. Nothing can be recognised yet."}
    </p>
  );
}

function invitation(count: number, isLinked: boolean, arePictures: boolean): string {
  if (count === 0)
    return `Draw in the cells, one thing in each. Or drop ${LEAST_PICTURES} to ${MOST_PICTURES} small pictures: letters, icons, sprites.`;
  if (arePictures) return "Press Teach. Clear puts the pictures away and brings your drawings back.";
  return isLinked
    ? "These drawings came with the link. Press Teach, and watch it learn them."
    : "Press Teach, or draw more.";
}

/** Of an earlier visit the step alone is known. By itself, for it changes ten times a second. */
function Pace() {
  const progress = useTeaching(({ progress }) => progress);
  const before = useTeaching(({ training }) => training.at(-1)?.step);
  const step = progress?.step ?? before;
  if (step === undefined) return null;
  const each = progress === null ? "" : `, ${progress.stepMs.toFixed(0)} ms each`;
  return `Step ${step}${each}. The curves tell how much a picture surprises the model, in nats: less is better. What it never saw, the same shapes moved and turned in other ways, is shown to the average of its last steps, which draws the samples too: so that line often lies lower.`;
}
