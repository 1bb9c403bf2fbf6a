"use client";
/**
 * One picture at its own size in pixels, enlarged by CSS to whole screen pixels, so that it stays crisp. The position that is
 * being drawn is marked in the accent colour.
 */
import { useEffect, useRef } from "react";
import type { Growth } from "../drawing/growth.ts";
import { paintLevels } from "./paint-levels.ts";
import styles from "./picture-canvas.module.css";

interface PictureCanvasProps {
  readonly growth: Growth;
  /** Which picture of the drawing. */
  readonly index: number;
  /** What a screen reader says; decorative when left out. */
  readonly label?: string;
}

export function PictureCanvas({ growth, index, label }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { picture } = growth.snapshot;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || picture === null) return;
    const accent = getComputedStyle(canvas.current!).color;
    const paint = () => {
      paintLevels(context, { pixels: growth.pixels, picture }, index, growth.shown);
      if (growth.shown > 0 && growth.shown < growth.total) {
        context.fillStyle = accent;
        context.fillRect(growth.shown % picture.width, Math.floor(growth.shown / picture.width), 1, 1);
      }
    };
    paint();
    return growth.subscribe(paint);
  }, [growth, index, picture]);
  return (
    <canvas
      ref={canvas}
      className={styles.picture}
      width={picture?.width ?? 1}
      height={picture?.height ?? 1}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}
