"use client";
/** A cell that is drawn in: with pointer, touch or pen, or with the keyboard by a cursor that lowers and lifts the pen. */
import { useEffect, useRef, useState } from "react";
import { type Drawing, EDGE } from "../../workers/teaching/drawing.ts";
import { paintFrom, paintStrokes } from "./paint-strokes.ts";
import styles from "./stroke-cell.module.css";

interface StrokeCellProps {
  readonly drawing: Drawing;
  /** To trace, while nothing is drawn; null for none. */
  readonly guide: Drawing | null;
  readonly label: string;
  /** Id of the sentence that says which keys draw. */
  readonly hints: string;
  readonly onStroke: (stroke: readonly number[]) => void;
  readonly onUndo: () => void;
  readonly onClear: () => void;
}

/** Canvas pixels of a side, whatever its size on the screen. */
const SIDE = 256;
const INK = "#fff";
const GUIDE = "#4a4a4a";
/** Nearer points than this are one. */
const LEAST_DISTANCE = 3;
/** Steps of the cursor: a cell has sixteen. */
const STEP = EDGE / 16;

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export function StrokeCell({ drawing, guide, label, hints, onStroke, onUndo, onClear }: StrokeCellProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  const stroke = useRef<number[] | null>(null);
  const [cursor, setCursor] = useState<readonly [number, number]>([8, 8]);
  const [isDown, setDown] = useState(false);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || stroke.current !== null) return;
    context.clearRect(0, 0, SIDE, SIDE);
    if (drawing.length === 0 && guide !== null) paintStrokes(context, guide, GUIDE);
    paintStrokes(context, drawing, INK);
  }, [drawing, guide]);

  useEffect(() => {
    mark.current?.style.setProperty("--x", String(cursor[0]));
    mark.current?.style.setProperty("--y", String(cursor[1]));
  }, [cursor]);

  const begin = () => {
    stroke.current = [];
  };
  const goOn = (x: number, y: number) => {
    const points = stroke.current;
    const context = canvas.current?.getContext("2d");
    if (points === null || !context) return;
    const place = [x, y].map((number) => Math.round(Math.min(EDGE, Math.max(0, number)))) as [number, number];
    const [lastX, lastY] = points.slice(-2);
    if (lastX !== undefined && Math.hypot(place[0] - lastX, place[1] - lastY!) < LEAST_DISTANCE) return;
    points.push(...place);
    paintFrom(context, points, Math.max(0, points.length / 2 - 2), INK);
  };
  const end = () => {
    const points = stroke.current;
    stroke.current = null;
    if (points !== null && points.length > 0) onStroke(points);
  };

  const moves = (event: PointerEvent) => {
    if (stroke.current === null) return;
    const box = canvas.current!.getBoundingClientRect();
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length > 0 ? all : [event]) {
      goOn(((one.clientX - box.left) / box.width) * EDGE, ((one.clientY - box.top) / box.height) * EDGE);
    }
  };

  const lift = () => {
    end();
    setDown(false);
  };
  const press = (event: React.KeyboardEvent) => {
    const move = MOVES[event.key];
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    const acts = move || isUndo || [" ", "Enter", "Escape", "Backspace", "Delete"].includes(event.key);
    if (!acts || (event.key === "Escape" && !isDown)) return;
    event.preventDefault();
    if (move) {
      const next = [within(cursor[0] + move[0]), within(cursor[1] + move[1])] as const;
      setCursor(next);
      if (isDown) goOn(next[0] * STEP, next[1] * STEP);
    } else if (isUndo || event.key === "Backspace") {
      lift();
      onUndo();
    } else if (event.key === "Delete") {
      lift();
      onClear();
    } else if (isDown) {
      lift();
    } else if (event.key !== "Escape") {
      begin();
      setDown(true);
      goOn(cursor[0] * STEP, cursor[1] * STEP);
    }
  };

  return (
    <div className={styles.paper} data-pen={isDown ? "down" : "up"}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a drawing surface has no role of its own. */}
      <canvas
        ref={canvas}
        className={styles.canvas}
        width={SIDE}
        height={SIDE}
        tabIndex={0}
        role="application"
        aria-roledescription="drawing surface"
        aria-label={label}
        aria-describedby={hints}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDown(false);
          begin();
          moves(event.nativeEvent);
        }}
        onPointerMove={(event) => moves(event.nativeEvent)}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={press}
        onBlur={() => isDown && lift()}
      />
      <div ref={mark} className={styles.cursor} />
    </div>
  );
}

function within(place: number): number {
  return Math.min(16, Math.max(0, place));
}
