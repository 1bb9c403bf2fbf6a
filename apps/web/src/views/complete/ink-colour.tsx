"use client";
import { byteToLevel, levelToByte } from "@pixelcnn/core/data";
import { useId } from "react";
import controls from "../../components/controls/controls.module.css";
import styles from "./complete.module.css";

interface InkColourProps {
  readonly levels: number;
  readonly ink: readonly [number, number, number];
  readonly onInk: (ink: [number, number, number]) => void;
}

/** The browser's own colour picker; what it says is rounded to the model's levels. */
export function InkColour({ levels, ink, onInk }: InkColourProps) {
  const id = useId();
  const byteOf = (level: number) => levelToByte(Math.min(level, levels - 1), levels);
  const value = `#${ink.map((level) => byteOf(level).toString(16).padStart(2, "0")).join("")}`;
  const levelAt = (text: string, at: number) =>
    byteToLevel(Number.parseInt(text.slice(at, at + 2), 16), levels);
  return (
    <div className={controls.field}>
      <label className={controls.label} htmlFor={id}>
        Ink
      </label>
      <input
        id={id}
        type="color"
        className={styles.colour}
        value={value}
        onChange={({ target }) =>
          onInk([levelAt(target.value, 1), levelAt(target.value, 3), levelAt(target.value, 5)])
        }
      />
    </div>
  );
}
