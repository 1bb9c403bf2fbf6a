"use client";
/** Three networks beside each other and what a pixel reads in each, over a slider of their layers and a legend. */
import type { ReactNode } from "react";
import { Slider } from "../../../components/controls/slider.tsx";
import { type Cell, FieldGrid, type FieldWindow } from "./field-grid.tsx";
import { Legend } from "./legend.tsx";
import styles from "./three-fields.module.css";

interface ThreeFieldsProps {
  /** Three {@link Field}s. */
  readonly children: ReactNode;
  readonly label: string;
  readonly depth: number;
  readonly maximum: number;
  readonly onDepth: (depth: number) => void;
  readonly legend: readonly (readonly [cell: Cell, meaning: string])[];
}

export function ThreeFields({ children, label, depth, maximum, onDepth, legend }: ThreeFieldsProps) {
  return (
    <div className={styles.bench}>
      <div className={styles.fields}>{children}</div>
      <div className={styles.controls}>
        <Slider label={label} value={depth} minimum={1} maximum={maximum} step={1} onChange={onDepth} />
        <Legend items={legend} />
      </div>
    </div>
  );
}

interface FieldProps {
  readonly title: string;
  readonly window: FieldWindow;
  readonly cellAt: (dy: number, dx: number) => Cell;
  /** What the picture says, in words. */
  readonly sentence: string;
}

export function Field({ title, window, cellAt, sentence }: FieldProps) {
  return (
    <div className={styles.field}>
      <h3>{title}</h3>
      <FieldGrid window={window} cellAt={cellAt} label={`${title} ${sentence}`} />
      <p className={styles.count}>{sentence}</p>
    </div>
  );
}
