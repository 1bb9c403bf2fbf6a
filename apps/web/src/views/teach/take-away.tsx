"use client";
/** What one can do with a model that was taught here. */
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button } from "../../components/controls/button.tsx";
import { saveFile } from "../../components/downloads/save-file.ts";
import type { Levels } from "../../components/pictures/paint-levels.ts";
import { packLesson } from "../../state/teaching/pack-lesson.ts";
import { modelFile } from "../../state/teaching/teach.ts";
import { shownOf, useTeaching } from "../../state/teaching/teaching-store.ts";
import { CELLS, PICTURE } from "../../workers/teaching/lesson.ts";
import { nameTaught } from "./name-taught.ts";
import { openTaught } from "./open-taught.ts";
import styles from "./teach.module.css";

export function TakeAway() {
  const hasSheet = useTeaching(({ sheets, status }) => sheets.length > 0 && status !== "starting");
  const hasDrawings = useTeaching((state) => shownOf(state).length > 0);
  const [{ said, link }, setCopied] = useState<Copied>({ said: "", link: null });
  const setMessage = (said: string) => setCopied({ said, link: null });
  const title = useId();
  const router = useRouter();
  const offer = (text: string, act: () => Promise<string>) => (
    <Button
      onClick={() => {
        setMessage("One moment…");
        act().then(setMessage, (error: Error) => setMessage(`That did not work: ${error.message}.`));
      }}
    >
      {text}
    </Button>
  );
  const openIn = async (path: string, more: Readonly<Record<string, string>>) => {
    const address = await openTaught(path, more);
    if (address !== null) router.push(address);
    return "";
  };
  return (
    <section aria-labelledby={title} className={styles.takeAway}>
      <h2 id={title}>Take it away</h2>
      {!hasSheet && (
        <p className={styles.note}>
          Once it has learnt something, it can draw on and on or complete a drawing of yours, and be kept: as
          a model file, a film of how it grew, or a picture.
        </p>
      )}
      <div className={styles.buttons}>
        {hasSheet && (
          <>
            {offer("Draw on and on", () => openIn("/generate/", { forever: "true" }))}
            {offer("Complete a drawing", async () => openIn("/complete/", { drawing: await firstDrawing() }))}
            {offer("How it grew (GIF)", async () => {
              const { sheetsGif } = await import("../../components/downloads/sheets-gif.ts");
              saveFile(await sheetsGif(history(), CELLS), `${await nameTaught()}.gif`, "image/gif");
              return "Saved.";
            })}
            {offer("Sheet (PNG)", async () => {
              const { sheetPng } = await import("../../components/downloads/picture-files.ts");
              saveFile(sheetPng(history().at(-1)!), `${await nameTaught()}.png`, "image/png");
              return "Saved.";
            })}
            {offer("Card to share (PNG)", async () => {
              const { shareCard } = await import("./share-card.ts");
              const state = useTeaching.getState();
              saveFile(
                await shareCard(shownOf(state), state.sheets.at(-1)!),
                `${await nameTaught()}-card.png`,
                "image/png",
              );
              return "Saved.";
            })}
            {offer("Model file", async () => {
              saveFile(await modelFile(), `${await nameTaught()}.safetensors`, "application/octet-stream");
              return "Saved. The command line and the terminal program draw with it as it is.";
            })}
          </>
        )}
        <Button disabled={!hasDrawings} onClick={() => copyLink().then(setCopied)}>
          Copy link
        </Button>
      </div>
      <p role="status" className={styles.message}>
        {said}
      </p>
      {link !== null && (
        <input
          aria-label="Link"
          className={styles.link}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </section>
  );
}

/** What lies in the first cell that has something, as Complete takes it from a link: it will lose its lower half there. */
async function firstDrawing(): Promise<string> {
  const [{ rasterise }, { packLevels }] = await Promise.all([
    import("../../workers/teaching/rasterise.ts"),
    import("../../components/pictures/pack-levels.ts"),
  ]);
  const levels = new Uint8Array(PICTURE.height * PICTURE.width);
  const [first] = shownOf(useTeaching.getState());
  if (first !== undefined) rasterise(levels, first.drawing, PICTURE);
  return packLevels(levels, PICTURE) ?? "";
}

/** Sheets of as many pictures as the last one has. */
function history(): Levels[] {
  const { sheets } = useTeaching.getState();
  const last = sheets.at(-1)!;
  return sheets
    .filter(({ pixels }) => pixels.length === last.pixels.length)
    .map(({ pixels }) => ({ pixels, picture: PICTURE }));
}

/** A sentence for the visitor, and the link where it is theirs to copy. */
interface Copied {
  readonly said: string;
  readonly link: string | null;
}

async function copyLink(): Promise<Copied> {
  const state = useTeaching.getState();
  const none = (said: string) => ({ said, link: null });
  if (state.pictures.length > 0)
    return none("Pictures that were dropped are too much for a link: send the model file instead.");
  // What was learnt comes about again from what it began with, not from what was chosen since.
  const packed = packLesson({ ...state, ...state.origin });
  if (packed === null) return none("There is too much for a link: draw with fewer strokes.");
  const url = new URL(location.href);
  url.search = `?lesson=${packed}`;
  return navigator.clipboard.writeText(url.href).then(
    () =>
      none(
        "The link is copied: it has the drawings and the settings, and trains again wherever it is opened.",
      ),
    () => ({ said: "The browser did not let the link be copied: copy it from here.", link: url.href }),
  );
}
