"use client";
/** The first of ten cells: what is drawn here goes along to Teach. */
import Link from "next/link";
import { useId } from "react";
import { StrokeCell } from "../../components/strokes/stroke-cell.tsx";
import { EXAMPLES } from "../../state/teaching/examples.ts";
import { addStroke, clear, undo, useTeaching } from "../../state/teaching/teaching-store.ts";
import styles from "./gallery.module.css";

export function Pen() {
  const drawing = useTeaching(({ drawings }) => drawings[0]!);
  const hints = useId();
  return (
    <>
      <div className={styles.pen}>
        <div className={styles.square}>
          <StrokeCell
            drawing={drawing}
            guide={EXAMPLES[0]!.drawing}
            label={`Your drawing, ${drawing.length === 0 ? "empty" : `strokes: ${drawing.length}`}`}
            hints={hints}
            onStroke={(stroke) => addStroke(0, stroke)}
            onUndo={undo}
            onClear={() => clear(0)}
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
      <p id={hints} className="visually-hidden">
        Arrow keys move the pen, space lowers and lifts it, Backspace takes the last stroke back, Delete
        clears the cell.
      </p>
    </>
  );
}
