"use client";
/** What one can take along: the pictures, their growth, and the link that draws them again. */
import { useState } from "react";
import { Button } from "../controls/button.tsx";
import type { Growth } from "../drawing/growth.ts";
import { useGrowthSnapshot } from "../drawing/use-growth.ts";
import type { Levels } from "../pictures/paint-levels.ts";
import styles from "./downloads.module.css";
import { finishedLevels } from "./finished.ts";
import { saveFile } from "./save-file.ts";

interface DownloadsProps {
  readonly growth: Growth | null;
  /** File name without its ending. */
  readonly name: string;
}

export function Downloads({ growth, name }: DownloadsProps) {
  const { state } = useGrowthSnapshot(growth);
  const [message, setMessage] = useState("");
  const levels = state === "done" ? finishedLevels(growth) : null;
  const offer = (text: string, save: (levels: Levels) => Promise<void>) => (
    <Button
      disabled={levels === null}
      onClick={() => {
        setMessage("One moment…");
        save(levels!).then(
          () => setMessage("Saved."),
          (error: Error) => setMessage(`Not saved: ${error.message}.`),
        );
      }}
    >
      {text}
    </Button>
  );
  return (
    <div className={styles.downloads}>
      {offer("Sheet (PNG)", async (pictures) => {
        const { sheetPng } = await import("./picture-files.ts");
        saveFile(sheetPng(pictures), `${name}.png`, "image/png");
      })}
      {offer("Sprites (PNG)", async (pictures) => {
        const { spritePng } = await import("./picture-files.ts");
        saveFile(spritePng(pictures), `${name}-sprites.png`, "image/png");
      })}
      {offer("Growth (GIF)", async (pictures) => {
        const { growthGif } = await import("./growth-gif.ts");
        saveFile(await growthGif(pictures), `${name}.gif`, "image/gif");
      })}
      <Button
        onClick={() => {
          navigator.clipboard.writeText(location.href).then(
            () => setMessage("The link is copied."),
            () => setMessage("The browser did not let the link be copied; it is in the address bar."),
          );
        }}
      >
        Copy link
      </Button>
      <p role="status" className={styles.message}>
        {message}
      </p>
    </div>
  );
}
