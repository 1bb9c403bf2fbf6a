"use client";
/** The ten cells, and under each what the model makes of it. */
import { useId } from "react";
import { StrokeCell } from "../../components/strokes/stroke-cell.tsx";
import { EXAMPLES } from "../../state/teaching/examples.ts";
import { addStroke, clear, undo, useTeaching } from "../../state/teaching/teaching-store.ts";
import { OF_EACH } from "../../workers/teaching/lesson.ts";
import { Sample } from "./sample.tsx";
import styles from "./teach.module.css";

export function Cells({ isTracing }: { readonly isTracing: boolean }) {
  const drawings = useTeaching(({ drawings }) => drawings);
  const sheet = useTeaching(({ sheets }) => sheets.at(-1) ?? null);
  const hints = useId();
  const inSheet = (cell: number, which: number) => {
    const places = sheet?.cells.flatMap((one, index) => (one === cell ? [index] : [])) ?? [];
    return places[which] ?? -1;
  };
  return (
    <section
      aria-label="What you draw, and what the model makes of it"
      className={styles.cells}
      data-step={sheet?.step}
    >
      {drawings.map((drawing, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a cell is called
        <div key={cell} className={styles.cell}>
          <StrokeCell
            drawing={drawing}
            guide={isTracing ? (EXAMPLES[cell]?.drawing ?? null) : null}
            label={`Drawing ${cell + 1} of ${drawings.length}, ${drawing.length === 0 ? "empty" : strokes(drawing.length)}`}
            hints={hints}
            onStroke={(stroke) => addStroke(cell, stroke)}
            onUndo={undo}
            onClear={() => clear(cell)}
          />
          <div className={styles.samples}>
            {Array.from({ length: OF_EACH }, (_, which) => (
              <Sample
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a sample is called
                key={which}
                sheet={sheet}
                index={inSheet(cell, which)}
                label={`What the model draws for ${cell + 1}, sample ${which + 1}`}
              />
            ))}
          </div>
        </div>
      ))}
      <p id={hints} className={styles.hints}>
        With the keyboard: arrow keys move the pen, space lowers and lifts it, Backspace takes the last stroke
        back, Delete clears the cell.
      </p>
    </section>
  );
}

function strokes(count: number): string {
  return count === 1 ? "1 stroke" : `${count} strokes`;
}
