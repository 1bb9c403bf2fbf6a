"use client";
/** What one can take along: the pictures, how they grew, and the link that draws them again. */
import { useState } from "react";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackPart } from "../../state/playback/use-playback.ts";
import { Button } from "../controls/button.tsx";
import type { Levels } from "../pictures/paint-levels.ts";
import styles from "./downloads.module.css";
import { saveFile } from "./save-file.ts";

interface DownloadsProps {
  /** The model that draws. */
  readonly entry: ModelEntry | null;
  readonly playback: Playback | null;
  /** File name without its ending. */
  readonly name: string;
}

export function Downloads({ entry, playback, name }: DownloadsProps) {
  const state = usePlaybackPart(playback, "state");
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
      {entry?.source === "file" && (
        <Button
          onClick={() => {
            entry.read().then(
              (bytes) => {
                saveFile(new Uint8Array(bytes), fileOf(entry), "application/octet-stream");
                setMessage("Saved.");
              },
              (error: Error) => setMessage(`Not saved: ${error.message}.`),
            );
          }}
        >
          Model file
        </Button>
      )}
      <Button
        onClick={() => {
          navigator.clipboard.writeText(location.href).then(
            () => setMessage(`The link is copied${reach(entry)}.`),
            () =>
              setMessage(
                `The browser did not let the link be copied; it is in the address bar${reach(entry)}.`,
              ),
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

/** Where the link of a model that is not the site's draws. */
function reach(entry: ModelEntry | null): string {
  if (entry?.source === "file")
    return `, without the model: send ${fileOf(entry)} as well, to be dropped on the page that it opens`;
  if (entry?.source === "run") return ". It draws on this machine only, where the training is";
  return "";
}

/** A link finds a file by its name. */
function fileOf({ title }: ModelEntry): string {
  return `${title}.safetensors`;
}

/** The pictures of a drawing, once they are complete. */
function finishedLevels(playback: Playback | null): Levels | null {
  if (playback === null || playback.snapshot.picture === null || playback.available < playback.total)
    return null;
  return { pixels: playback.pixels, picture: playback.snapshot.picture };
}
