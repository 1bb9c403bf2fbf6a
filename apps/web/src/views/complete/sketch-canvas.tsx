"use client";
/**
 * The picture that is drawn on: with pointer, touch or pen, or with the keyboard by a cursor. Rows that the model will replace are
 * veiled.
 */
import type { PictureShape } from "@pixelcnn/core";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { paintLevels } from "../../components/pictures/paint-levels.ts";
import { useWidth } from "../../components/pictures/use-width.ts";
import { wholePixels } from "../../components/pictures/whole-pixels.ts";
import { KeyHints } from "./key-hints.tsx";
import { RowsHandle } from "./rows-handle.tsx";
import styles from "./sketch-canvas.module.css";
import type { Brush, Point } from "./stroke.ts";
import { Stroke } from "./stroke.ts";
import type { Sketch } from "./use-sketch.ts";

interface SketchCanvasProps {
  readonly picture: PictureShape;
  readonly sketch: Sketch;
  readonly brush: Brush;
  /** The brush that takes ink away. */
  readonly eraser: Brush;
  /** Rows kept, from the top. */
  readonly rows: number;
  readonly onRows: (rows: number) => void;
}

/** No larger than this, in CSS pixels, however wide the screen. */
const LARGEST = 448;
/** Room for the handle. */
const HANDLE = 48;

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export function SketchCanvas({ picture, sketch, brush, eraser, rows, onRows }: SketchCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursorMark = useRef<HTMLDivElement>(null);
  const stroke = useRef<Stroke | null>(null);
  const lastDrawn = useRef<Uint8Array | null>(null);
  const [cursor, setCursor] = useState<readonly [number, number]>([
    Math.floor(picture.width / 2),
    Math.floor(picture.height / 4),
  ]);
  const hints = useId();
  const width = useWidth(frame);
  const { levels } = sketch;

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || levels === null) return;
    paintLevels(context, { pixels: levels, picture }, 0, picture.height * picture.width);
  }, [levels, picture]);

  useLayoutEffect(() => {
    if (frame.current === null || width === 0) return;
    const size = wholePixels(picture, Math.min(LARGEST, width - HANDLE), window.devicePixelRatio);
    const { style } = frame.current;
    style.setProperty("--picture-width", `${size.width}px`);
    style.setProperty("--picture-height", `${size.height}px`);
    style.setProperty("--pixel", `${size.width / picture.width}px`);
  }, [picture, width]);

  useLayoutEffect(() => frame.current?.style.setProperty("--rows", String(rows)), [rows]);
  useEffect(() => {
    cursorMark.current?.style.setProperty("--x", String(cursor[0]));
    cursorMark.current?.style.setProperty("--y", String(cursor[1]));
  }, [cursor]);

  const begin = (tool: Brush) => {
    if (levels === null) return false;
    stroke.current = new Stroke(levels, picture, tool.ink);
    return true;
  };
  const goOn = (point: Point, radius: number) => {
    if (stroke.current === null) return;
    lastDrawn.current = stroke.current.to(point, radius);
    sketch.draw(lastDrawn.current);
  };
  const end = () => {
    if (stroke.current !== null && lastDrawn.current !== null) sketch.commit(lastDrawn.current);
    stroke.current = null;
    lastDrawn.current = null;
  };

  const pointOf = (event: PointerEvent): Point => {
    const box = canvas.current!.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * picture.width,
      y: ((event.clientY - box.top) / box.height) * picture.height,
    };
  };
  const moves = (event: PointerEvent) => {
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length > 0 ? all : [event]) {
      // A pen that is pressed harder draws broader.
      const pressed = one.pointerType === "pen" ? 0.5 + one.pressure : 1;
      goOn(pointOf(one), brush.radius * pressed);
    }
  };

  const press = (event: React.KeyboardEvent) => {
    const move = MOVES[event.key];
    const dab = event.key === " " || event.key === "Enter";
    const erase = event.key === "Backspace" || event.key === "Delete";
    const past = event.ctrlKey || event.metaKey ? timeTravel(event) : null;
    if (!(move || dab || erase || past)) return;
    event.preventDefault();
    if (past !== null) return sketch[past]();
    const [x, y] = cursor;
    const next = move
      ? ([within(x + move[0], picture.width), within(y + move[1], picture.height)] as const)
      : cursor;
    setCursor(next);
    if (move && !event.shiftKey) return;
    if (!begin(erase ? eraser : brush)) return;
    goOn({ x: x + 0.5, y: y + 0.5 }, brush.radius);
    goOn({ x: next[0] + 0.5, y: next[1] + 0.5 }, brush.radius);
    end();
  };

  return (
    <div ref={frame} className={styles.frame}>
      <div className={styles.paper}>
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a drawing surface has no role of its own. */}
        <canvas
          ref={canvas}
          className={styles.canvas}
          width={picture.width}
          height={picture.height}
          tabIndex={0}
          role="application"
          aria-roledescription="drawing surface"
          aria-label={`Your picture, ${picture.width} by ${picture.height} pixels`}
          aria-describedby={hints}
          onPointerDown={(event) => {
            if (event.button !== 0 || !begin(brush)) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            moves(event.nativeEvent);
          }}
          onPointerMove={(event) => moves(event.nativeEvent)}
          onPointerUp={end}
          onPointerCancel={end}
          onKeyDown={press}
        />
        <div className={styles.veil} />
        <div ref={cursorMark} className={styles.cursor} />
      </div>
      <RowsHandle rows={rows} height={picture.height} onRows={onRows} />
      <KeyHints id={hints} cursor={cursor} level={levelAt(levels, picture, cursor)} picture={picture} />
    </div>
  );
}

/** Control or command with z, shift and z, or y. */
function timeTravel({ key, shiftKey }: React.KeyboardEvent): "undo" | "redo" | null {
  if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
  return key.toLowerCase() === "y" ? "redo" : null;
}

function within(value: number, size: number): number {
  return Math.min(size - 1, Math.max(0, value));
}

function levelAt(
  levels: Uint8Array | null,
  { width, channels }: PictureShape,
  [x, y]: readonly [number, number],
): string {
  const at = (y * width + x) * channels;
  return levels === null ? "empty" : [...levels.subarray(at, at + channels)].join(", ");
}
