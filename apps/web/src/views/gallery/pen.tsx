"use client";
/** The first of ten cells: what is drawn here goes along to Teach. */
import Link from "next/link";
import { useEffect, useId } from "react";
import { inBrowser } from "../../components/page/in-browser.tsx";
import { StrokeCell } from "../../components/strokes/stroke-cell.tsx";
import { EXAMPLES } from "../../state/teaching/examples.ts";
import { addStroke, clear, undoIn, useTeaching } from "../../state/teaching/teaching-store.ts";
import styles from "./gallery.module.css";

const CELL = 0;

/** Comes when the page rests, or with the first stroke. Where it does not come, a drawing lasts as long as the page. */
const remember = () =>
  void import("../../state/teaching/keeping.ts").then(
    ({ rememberDrawings }) => rememberDrawings(),
    () => {},
  );

/** Most visitors have one tab. */
const OvertakenNotice = inBrowser(() =>
  import("../../components/strokes/overtaken-notice.tsx").then(({ OvertakenNotice }) => OvertakenNotice),
);

export function Pen() {
  const drawing = useTeaching(({ drawings }) => drawings[CELL]!);
  const hints = useId();
  useEffect(() => {
    (window.requestIdleCallback ?? setTimeout)(remember);
  }, []);
  const isOvertaken = useTeaching(({ isOvertaken }) => isOvertaken);
  return (
    <>
      <div className={styles.pen}>
        <div className={styles.square}>
          <StrokeCell
            drawing={drawing}
            guide={EXAMPLES[CELL]!.drawing}
            label={`Your drawing, ${drawing.length === 0 ? "empty" : `strokes: ${drawing.length}`}`}
            hints={hints}
            onStroke={(stroke) => {
              addStroke(CELL, stroke);
              remember();
            }}
            onUndo={() => undoIn(CELL)}
            onClear={() => clear(CELL)}
          />
        </div>
        <p>Your turn: trace it, or draw what you like.</p>
      </div>
      <div className={styles.invitation}>
        <p>Then watch a model learn to draw it like you.</p>
        <Link className={styles.teach} href="/teach/" prefetch={false}>
          Teach
        </Link>
      </div>
      {isOvertaken && <OvertakenNotice />}
      <p id={hints} className="visually-hidden">
        Arrow keys move the pen, space lowers and lifts it, Backspace takes the last stroke back, Delete
        clears the cell.
      </p>
    </>
  );
}
