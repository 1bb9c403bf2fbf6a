"use client";
/** What one can take along: the pictures, how they grew, and the link that draws them again. */
import { useState } from "react";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackSnapshot } from "../../state/playback/use-playback.ts";
import { Button } from "../controls/button.tsx";
import type { Levels } from "../pictures/paint-levels.ts";
import styles from "./downloads.module.css";
import { saveFile } from "./save-file.ts";

interface DownloadsProps {
  readonly playback: Playback | null;
  /** File name without its ending. */
  readonly name: string;
}

export function Downloads({ playback, name }: DownloadsProps) {
  const { state } = usePlaybackSnapshot(playback);
  const [message, setMessage] = useState("");
  const levels = state === "done" ? finishedLevels(playback) : null;
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
      {offer("Playback (GIF)", async (pictures) => {
        const { drawingGif } = await import("./drawing-gif.ts");
        saveFile(await drawingGif(pictures), `${name}.gif`, "image/gif");
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

/** The pictures of a drawing, once they are complete. */
function finishedLevels(playback: Playback | null): Levels | null {
  if (playback === null || playback.snapshot.picture === null || playback.available < playback.total)
    return null;
  return { pixels: playback.pixels, picture: playback.snapshot.picture };
}
