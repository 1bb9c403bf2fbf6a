"use client";
/** One picture of the sheet, as it is now, which leads to itself in Inspect: drawn there by the model as it is by then. */
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { paintLevels } from "../../components/pictures/paint-levels.ts";
import { useModels } from "../../state/models/model-store.ts";
import { useTeaching } from "../../state/teaching/teaching-store.ts";
import { PICTURE, type Sheet } from "../../workers/teaching/lesson.ts";
import { openTaught } from "./open-taught.ts";
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
  const router = useRouter();
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const { height, width } = PICTURE;
    if (sheet === null || index < 0) context.clearRect(0, 0, width, height);
    else paintLevels(context, { pixels: sheet.pixels, picture: PICTURE }, index, height * width);
  }, [sheet, index]);
  const inspect = async () => {
    try {
      const { origin, seed } = useTeaching.getState();
      const address = await openTaught("/inspect/", {
        seed: String((origin ?? { seed }).seed),
        picture: String(index),
        class: String(sheet!.cells[index]),
      });
      if (address !== null) router.push(address);
    } catch (error) {
      const text = `The picture cannot be inspected: ${(error as Error).message}.`;
      useModels.setState({ fileMessage: { kind: "error", text } });
    }
  };
  return (
    <button
      type="button"
      className={styles.sample}
      disabled={sheet === null || index < 0}
      aria-label={`Inspect ${label}`}
      onClick={() => void inspect()}
    >
      <canvas ref={canvas} width={PICTURE.width} height={PICTURE.height} />
    </button>
  );
}
