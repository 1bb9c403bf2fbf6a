"use client";
/** A picture whose pixels can be pointed at; with the keyboard too, where it is told so. */
import { useLayoutEffect, useRef } from "react";
import { useWidth } from "../../components/pictures/use-width.ts";
import { type Marks, type Pixels, paintPixels } from "./paint-pixels.ts";
import styles from "./pixel-canvas.module.css";

type Pixel = readonly [row: number, column: number];

interface PixelCanvasProps {
  /** Null while there is nothing to show: the place stays. */
  readonly pixels: Pixels | null;
  readonly size: { readonly width: number; readonly height: number };
  readonly marks: Marks;
  readonly label: string;
  /** The pixel under the pointer; null when it leaves. */
  readonly onHover?: (pixel: Pixel | null) => void;
  /** A pixel that was chosen. Left out, the picture is only looked at. */
  readonly onChoose?: (pixel: Pixel) => void;
  /** Can be focused: arrows move the chosen pixel. */
  readonly hasKeys?: boolean;
}

export function PixelCanvas({
  pixels,
  size,
  marks,
  label,
  onHover,
  onChoose,
  hasKeys = false,
}: PixelCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointer = useRef("");
  const available = useWidth(frame);
  const { width, height } = size;
  useLayoutEffect(() => {
    if (canvas.current === null || available === 0) return;
    const ratio = window.devicePixelRatio;
    const scale = Math.max(1, Math.floor((available * ratio) / width));
    if (canvas.current.width !== width * scale) canvas.current.width = width * scale;
    if (canvas.current.height !== height * scale) canvas.current.height = height * scale;
    canvas.current.style.setProperty("--shape", `${width} / ${height}`);
    canvas.current.style.setProperty("width", `${(width * scale) / ratio}px`);
    if (pixels !== null) paintPixels(canvas.current, pixels, marks);
  }, [available, width, height, pixels, marks]);

  const pixelAt = (event: React.PointerEvent): Pixel => {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * height);
    const column = Math.floor(((event.clientX - box.left) / box.width) * width);
    return [within(row, height), within(column, width)];
  };
  const press = (event: React.KeyboardEvent) => {
    const [row, column] = marks.pixel ?? [0, 0];
    const next = move(event.key, row, column);
    if (next === null || onChoose === undefined) return;
    event.preventDefault();
    // A pointer that rests on the picture does not hold on to its pixel.
    onHover?.(null);
    onChoose([within(next[0], height), within(next[1], width)]);
  };
  const move = (key: string, row: number, column: number): Pixel | null => {
    if (key === "ArrowUp") return [row - 1, column];
    if (key === "ArrowDown") return [row + 1, column];
    if (key === "ArrowLeft") return [row, column - 1];
    if (key === "ArrowRight") return [row, column + 1];
    if (key === "Home") return [row, 0];
    if (key === "End") return [row, width - 1];
    return null;
  };

  return (
    <div ref={frame} className={styles.frame}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        data-choose={onChoose !== undefined}
        aria-label={label}
        {...(hasKeys
          ? { role: "application", tabIndex: 0, "aria-roledescription": "picture" }
          : { role: "img" })}
        onPointerMove={(event) => {
          // A page that changes under a pointer at rest tells of moves that are none.
          const place = `${event.screenX} ${event.screenY}`;
          if (place === pointer.current) return;
          pointer.current = place;
          onHover?.(pixelAt(event));
          if (event.pointerType !== "mouse" || event.buttons === 1) onChoose?.(pixelAt(event));
        }}
        onPointerDown={(event) => onChoose?.(pixelAt(event))}
        onPointerLeave={() => onHover?.(null)}
        onKeyDown={press}
      />
    </div>
  );
}

function within(value: number, size: number): number {
  return Math.min(size - 1, Math.max(0, value));
}
