"use client";
/** One picture of the sheet, as it is now. */
import { useEffect, useRef } from "react";
import { paintLevels } from "../../components/pictures/paint-levels.ts";
import { PICTURE, type Sheet } from "../../workers/teaching/lesson.ts";
import styles from "./teach.module.css";

interface SampleProps {
  /** Null before anything was drawn. */
  readonly sheet: Sheet | null;
  /** Which picture; −1 when the sheet has none for this place. */
  readonly index: number;
  readonly label: string;
}

export function Sample({ sheet, index, label }: SampleProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const { height, width } = PICTURE;
    if (sheet === null || index < 0) context.clearRect(0, 0, width, height);
    else paintLevels(context, { pixels: sheet.pixels, picture: PICTURE }, index, height * width);
  }, [sheet, index]);
  const isHere = sheet !== null && index >= 0;
  return (
    <canvas
      ref={canvas}
      className={styles.sample}
      width={PICTURE.width}
      height={PICTURE.height}
      {...(isHere ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    />
  );
}
