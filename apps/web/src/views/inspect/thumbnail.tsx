"use client";
import type { PictureShape } from "@pixelcnn/core";
import { useEffect, useRef } from "react";
import { paintLevels } from "../../components/pictures/paint-levels.ts";
import styles from "./picture-picker.module.css";

/** A picture at its own size, enlarged by CSS. */
export function Thumbnail({
  levels,
  picture,
}: {
  readonly levels: Uint8Array;
  readonly picture: PictureShape;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) paintLevels(context, { pixels: levels, picture }, 0, picture.height * picture.width);
  }, [levels, picture]);
  return <canvas ref={canvas} className={styles.thumbnail} width={picture.width} height={picture.height} />;
}
