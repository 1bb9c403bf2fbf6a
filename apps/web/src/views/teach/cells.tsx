"use client";
/** The ten cells, and under each what the model makes of it. */
import { memo, useId, useMemo } from "react";
import { useIsPhone } from "../../components/controls/use-is-phone.ts";
import surface from "../../components/strokes/drawing-surface.module.css";
import { StrokeCell } from "../../components/strokes/stroke-cell.tsx";
import { EXAMPLES } from "../../state/teaching/examples.ts";
import { addStroke, cellOfPicture, clear, undo, useTeaching } from "../../state/teaching/teaching-store.ts";
import type { Drawing } from "../../workers/teaching/drawing.ts";
import type { Ink } from "../../workers/teaching/ink.ts";
import { CELLS } from "../../workers/teaching/lesson.ts";
import { Heap } from "./heap.tsx";
import { Samples } from "./samples.tsx";
import styles from "./teach.module.css";

export function Cells({ isTracing }: { readonly isTracing: boolean }) {
  const drawings = useTeaching(({ drawings }) => drawings);
  const pictures = useTeaching(({ pictures }) => pictures);
  const step = useTeaching(({ sheets }) => sheets.at(-1)?.step);
  const hints = useId();
  // There they stand with the losses, which stay in view.
  const hasSamples = !useIsPhone();
  return (
    <section
      aria-label="What you draw, and what the model makes of it"
      className={styles.cells}
      data-step={step}
    >
      {drawings.map((drawing, cell) =>
        pictures.length > 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a cell is called
          <CellOfPictures key={cell} cell={cell} pictures={pictures} hasSamples={hasSamples} />
        ) : (
          <Cell
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a cell is called
            key={cell}
            cell={cell}
            drawing={drawing}
            guide={isTracing ? (EXAMPLES[cell]?.drawing ?? null) : null}
            hints={hints}
            hasSamples={hasSamples}
          />
        ),
      )}
      {pictures.length === 0 && (
        <p id={hints} className={surface.hints}>
          With the keyboard: arrow keys move the pen, space lowers and lifts it, Backspace takes the last
          stroke back, Delete clears the cell.
        </p>
      )}
    </section>
  );
}

interface CellProps {
  readonly cell: number;
  readonly drawing: Drawing;
  readonly guide: Drawing | null;
  readonly hints: string;
  readonly hasSamples: boolean;
}

/** A stroke in one cell is no reason to look at the others. */
const Cell = memo(function Cell({ cell, drawing, guide, hints, hasSamples }: CellProps) {
  return (
    <div className={styles.cell}>
      <StrokeCell
        drawing={drawing}
        guide={guide}
        label={`Drawing ${cell + 1} of ${CELLS}, ${drawing.length === 0 ? "empty" : strokes(drawing.length)}`}
        hints={hints}
        onStroke={(stroke) => addStroke(cell, stroke)}
        onUndo={undo}
        onClear={() => clear(cell)}
      />
      {hasSamples && <Samples cell={cell} />}
    </div>
  );
});

interface CellOfPicturesProps {
  readonly cell: number;
  /** Of all cells. */
  readonly pictures: readonly Ink[];
  readonly hasSamples: boolean;
}

function CellOfPictures({ cell, pictures, hasSamples }: CellOfPicturesProps) {
  const inks = useMemo(
    () => pictures.filter((_, i) => cellOfPicture(i, pictures.length) === cell),
    [pictures, cell],
  );
  const label = `Cell ${cell + 1} of ${CELLS}, ${inks.length === 1 ? "1 picture" : `${inks.length} pictures`}`;
  return (
    <div className={styles.cell}>
      <Heap inks={inks} label={label} />
      {hasSamples && <Samples cell={cell} />}
    </div>
  );
}

function strokes(count: number): string {
  return count === 1 ? "1 stroke" : `${count} strokes`;
}
