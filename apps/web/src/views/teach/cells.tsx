"use client";
/** The ten cells, and under each what the model makes of it. */
import { memo, useId, useMemo } from "react";
import surface from "../../components/strokes/drawing-surface.module.css";
import { StrokeCell } from "../../components/strokes/stroke-cell.tsx";
import { EXAMPLES } from "../../state/teaching/examples.ts";
import { addStroke, cellOfPicture, clear, undo, useTeaching } from "../../state/teaching/teaching-store.ts";
import type { Drawing } from "../../workers/teaching/drawing.ts";
import type { Ink } from "../../workers/teaching/ink.ts";
import { CELLS, OF_EACH } from "../../workers/teaching/lesson.ts";
import { Heap } from "./heap.tsx";
import { Sample } from "./sample.tsx";
import styles from "./teach.module.css";

export function Cells({ isTracing }: { readonly isTracing: boolean }) {
  const drawings = useTeaching(({ drawings }) => drawings);
  const pictures = useTeaching(({ pictures }) => pictures);
  const step = useTeaching(({ sheets }) => sheets.at(-1)?.step);
  const hints = useId();
  return (
    <section
      aria-label="What you draw, and what the model makes of it"
      className={styles.cells}
      data-step={step}
    >
      {drawings.map((drawing, cell) =>
        pictures.length > 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a cell is called
          <CellOfPictures key={cell} cell={cell} pictures={pictures} />
        ) : (
          <Cell
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a cell is called
            key={cell}
            cell={cell}
            drawing={drawing}
            guide={isTracing ? (EXAMPLES[cell]?.drawing ?? null) : null}
            hints={hints}
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
}

/** A stroke in one cell is no reason to look at the others. */
const Cell = memo(function Cell({ cell, drawing, guide, hints }: CellProps) {
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
      <Samples cell={cell} />
    </div>
  );
});

interface CellOfPicturesProps {
  readonly cell: number;
  /** Of all cells. */
  readonly pictures: readonly Ink[];
}

function CellOfPictures({ cell, pictures }: CellOfPicturesProps) {
  const inks = useMemo(
    () => pictures.filter((_, i) => cellOfPicture(i, pictures.length) === cell),
    [pictures, cell],
  );
  const label = `Cell ${cell + 1} of ${CELLS}, ${inks.length === 1 ? "1 picture" : `${inks.length} pictures`}`;
  return (
    <div className={styles.cell}>
      <Heap inks={inks} label={label} />
      <Samples cell={cell} />
    </div>
  );
}

function Samples({ cell }: { readonly cell: number }) {
  const sheet = useTeaching(({ sheets }) => sheets.at(-1) ?? null);
  const places = sheet?.cells.flatMap((one, index) => (one === cell ? [index] : [])) ?? [];
  return (
    <div className={styles.samples}>
      {Array.from({ length: OF_EACH }, (_, which) => (
        <Sample
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a sample is called
          key={which}
          sheet={sheet}
          index={places[which] ?? -1}
          label={`What the model draws for ${cell + 1}, sample ${which + 1}`}
        />
      ))}
    </div>
  );
}

function strokes(count: number): string {
  return count === 1 ? "1 stroke" : `${count} strokes`;
}
