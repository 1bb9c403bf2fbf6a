"use client";
/**
 * One picture at its own size in pixels, enlarged by CSS to whole screen pixels, so that it stays crisp. The position that is
 * being drawn is marked in the accent colour.
 */
import { useEffect, useRef } from "react";
import type { Playback } from "../../state/playback/playback.ts";
import { paintLevels } from "./paint-levels.ts";
import styles from "./picture-canvas.module.css";

interface PictureCanvasProps {
  readonly playback: Playback;
  /** Which picture of the drawing. */
  readonly index: number;
  /** What a screen reader says; decorative when left out. */
  readonly label?: string;
}

export function PictureCanvas({ playback, index, label }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { picture } = playback.snapshot;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || picture === null) return;
    const accent = getComputedStyle(canvas.current!).color;
    const paint = () => {
      paintLevels(context, { pixels: playback.pixels, picture }, index, playback.shown);
      if (playback.shown > 0 && playback.shown < playback.total) {
        context.fillStyle = accent;
        context.fillRect(playback.shown % picture.width, Math.floor(playback.shown / picture.width), 1, 1);
      }
    };
    paint();
    return playback.subscribe(paint);
  }, [playback, index, picture]);
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
