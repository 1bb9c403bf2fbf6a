"use client";
/** What one can do with a model that was taught here. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "../../components/controls/button.tsx";
import { saveFile } from "../../components/downloads/save-file.ts";
import { openModelFile } from "../../state/models/open-file.ts";
import { modelFile } from "../../state/teaching/teach.ts";
import { useTeaching } from "../../state/teaching/teaching-store.ts";
import styles from "./teach.module.css";

const NAME = "my-drawings";

export function TakeAway() {
  const hasSheet = useTeaching(({ sheets, status }) => sheets.length > 0 && status !== "starting");
  const [message, setMessage] = useState("");
  const router = useRouter();
  const offer = (text: string, act: () => Promise<string>) => (
    <Button
      disabled={!hasSheet}
      onClick={() => {
        setMessage("One moment…");
        act().then(setMessage, (error: Error) => setMessage(`That did not work: ${error.message}.`));
      }}
    >
      {text}
    </Button>
  );
  const openIn = async (path: string) => {
    const file = new File([await modelFile()], `${NAME}.safetensors`);
    const entry = await openModelFile(file);
    if (entry !== null) router.push(`${path}?model=${encodeURIComponent(entry.id)}`);
    return "";
  };
  return (
    <section aria-label="Take it away" className={styles.takeAway}>
      <div className={styles.buttons}>
        {offer("Draw on and on", () => openIn("/generate/"))}
        {offer("Complete a drawing", () => openIn("/complete/"))}
        {offer("Model file", async () => {
          saveFile(await modelFile(), `${NAME}.safetensors`, "application/octet-stream");
          return "Saved. The command line and the terminal program draw with it as it is.";
        })}
      </div>
      <p role="status" className={styles.message}>
        {message}
      </p>
    </section>
  );
}
