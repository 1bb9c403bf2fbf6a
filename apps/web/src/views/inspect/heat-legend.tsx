"use client";
import { heatColour } from "@pixelcnn/pictures";
import { useEffect, useRef } from "react";
import styles from "./inspect.module.css";

const STEPS = 64;

/** The colours of surprise, from none to the most of this picture. @param hottest bits; null while they are not known. */
export function HeatLegend({ hottest }: { readonly hottest: number | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    for (let i = 0; i < STEPS; i++) {
      const [red, green, blue] = heatColour(i / (STEPS - 1));
      context.fillStyle = `rgb(${red} ${green} ${blue})`;
      context.fillRect(i, 0, 1, 1);
    }
  }, []);
  return (
    <div className={styles.legend}>
      <span>0</span>
      <canvas ref={canvas} className={styles.scale} width={STEPS} height={1} />
      <span>{hottest === null ? "…" : `${hottest.toFixed(1)} bits`}</span>
    </div>
  );
}
