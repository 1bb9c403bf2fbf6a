"use client";
/** Pixels around one pixel, in shades that say what is seen of them. */
import styles from "./field-grid.module.css";

/**
 * `here` is the pixel whose value is guessed; `seen` and `alsoSeen` are read; `unread` is earlier and not read,
 * `missed` too where that is the point; `forbidden` is read
 * and must not be; `later` is not read and must not be.
 */
export type Cell = "here" | "seen" | "alsoSeen" | "unread" | "missed" | "forbidden" | "later";

export interface FieldWindow {
  readonly up: number;
  readonly down: number;
  readonly side: number;
}

interface FieldGridProps {
  readonly window: FieldWindow;
  readonly cellAt: (dy: number, dx: number) => Cell;
  /** What a screen reader says instead. */
  readonly label: string;
}

/** Units of the drawing: a cell, and the gap inside it. */
const CELL = 10;
const GAP = 1;

export function FieldGrid({ window: { up, down, side }, cellAt, label }: FieldGridProps) {
  const columns = 2 * side + 1;
  const rows = up + down + 1;
  return (
    <svg
      className={styles.grid}
      viewBox={`0 0 ${columns * CELL} ${rows * CELL}`}
      role="img"
      aria-label={label}
    >
      {Array.from({ length: rows * columns }, (_, i) => {
        const dy = Math.floor(i / columns) - up;
        const dx = (i % columns) - side;
        const isHere = dy === 0 && dx === 0;
        const x = (dx + side) * CELL + GAP / 2;
        const y = (dy + up) * CELL + GAP / 2;
        const cell = cellAt(dy, dx);
        return (
          <g key={`${dy},${dx}`}>
            <rect className={styles[cell]} x={x} y={y} width={CELL - GAP} height={CELL - GAP} />
            {cell === "forbidden" && <path className={styles.cross} d={`M${x + 2} ${y + 2}l5 5m0 -5l-5 5`} />}
            {isHere && (
              <rect
                className={styles.ring}
                x={x + 0.75}
                y={y + 0.75}
                width={CELL - GAP - 1.5}
                height={CELL - GAP - 1.5}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
