"use client";
/** Grey bytes as a small crisp picture. Its surroundings name it. */
import { useEffect, useRef } from "react";
import styles from "../../../components/pictures/picture-canvas.module.css";

interface ByteCanvasProps {
  /** [height, width]; null for none yet. */
  readonly bytes: Uint8Array | null;
  readonly width: number;
  readonly height: number;
  /** Bytes from here on are not shown. All are when left out. */
  readonly shown?: number;
  /** The one that is being drawn, in the accent colour. */
  readonly marked?: number;
}

export function ByteCanvas({ bytes, width, height, shown = width * height, marked }: ByteCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let i = 0; bytes !== null && i < shown; i++) {
      image.data.fill(bytes[i]!, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    if (marked === undefined) return;
    context.fillStyle = getComputedStyle(canvas.current!).color;
    context.fillRect(marked % width, Math.floor(marked / width), 1, 1);
  }, [bytes, width, height, shown, marked]);
  return <canvas ref={canvas} className={styles.picture} width={width} height={height} />;
}
