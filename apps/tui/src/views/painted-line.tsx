import { Transform } from "ink";

export interface PaintedLineProps {
  /** One line of the screen, colour sequences included. */
  readonly text: string;
  /** What it takes on the screen. */
  readonly columns: number;
}

/**
 * A line that is laid out as blanks and gets its text when the frame is written. A text would be measured character by
 * character, which costs more than to draw it, and remembered by Ink, picture after picture; blanks are always the same.
 */
export function PaintedLine({ text, columns }: PaintedLineProps) {
  return <Transform transform={() => text}>{" ".repeat(columns)}</Transform>;
}
