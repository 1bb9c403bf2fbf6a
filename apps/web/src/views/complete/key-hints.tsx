import type { PictureShape } from "@pixelcnn/core";
import surface from "../../components/strokes/drawing-surface.module.css";

interface KeyHintsProps {
  readonly id: string;
  /** Column and row, from 0. */
  readonly cursor: readonly [number, number];
  readonly level: string;
  readonly picture: PictureShape;
}

/** How to draw without a pointer, and where the cursor is. */
export function KeyHints({ id, cursor, level, picture }: KeyHintsProps) {
  const top = picture.levels - 1;
  return (
    <>
      <p id={id} className={surface.hints}>
        Keys: arrows move, <kbd>space</kbd> draws, <kbd>shift</kbd> with arrows draws a line,{" "}
        <kbd>delete</kbd> erases, <kbd>ctrl</kbd>&nbsp;<kbd>z</kbd> undoes, <kbd>ctrl</kbd>&nbsp;<kbd>y</kbd>{" "}
        redoes.
      </p>
      <p className="visually-hidden" aria-live="polite">
        Row {cursor[1] + 1}, column {cursor[0] + 1}: level {level} of {top}
      </p>
    </>
  );
}
