"use client";
/** The pictures of a cell that were dropped, side by side. */
import { useEffect, useRef } from "react";
import { INK_SIDE, type Ink } from "../../workers/teaching/ink.ts";
import styles from "./teach.module.css";

interface HeapProps {
  readonly inks: readonly Ink[];
  readonly label: string;
}

export function Heap({ inks, label }: HeapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const inARow = Math.ceil(Math.sqrt(inks.length));
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    inks.forEach((ink, i) => {
      const image = context.createImageData(INK_SIDE, INK_SIDE);
      ink.forEach((value, at) => {
        image.data.set([value, value, value, 255], 4 * at);
      });
      context.putImageData(image, (i % inARow) * INK_SIDE, Math.floor(i / inARow) * INK_SIDE);
    });
  }, [inks, inARow]);
  return (
    <canvas
      ref={canvas}
      className={styles.heap}
      width={inARow * INK_SIDE}
      height={inARow * INK_SIDE}
      role="img"
      aria-label={label}
    />
  );
}
