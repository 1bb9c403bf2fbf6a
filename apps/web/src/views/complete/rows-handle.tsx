"use client";
/**
 * The line on the picture above which it is kept. As a slider it counts the rows that the model draws, from the bottom: up is more,
 * as everywhere, and up is up.
 */
import { Slider, SliderThumb, SliderTrack } from "react-aria-components";
import styles from "./rows-handle.module.css";

interface RowsHandleProps {
  /** Rows kept, from the top, 0 … height. */
  readonly rows: number;
  readonly height: number;
  readonly onRows: (rows: number) => void;
}

export function RowsHandle({ rows, height, onRows }: RowsHandleProps) {
  return (
    <Slider
      className={styles.handle ?? ""}
      orientation="vertical"
      aria-label="Rows that the model draws, from the bottom"
      value={height - rows}
      minValue={0}
      maxValue={height}
      step={1}
      onChange={(drawn) => onRows(height - (drawn as number))}
    >
      <SliderTrack className={styles.track ?? ""}>
        <SliderThumb className={styles.thumb ?? ""} />
      </SliderTrack>
    </Slider>
  );
}
