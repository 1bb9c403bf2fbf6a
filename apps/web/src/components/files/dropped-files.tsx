"use client";
/** Files can be dropped anywhere on the page. They are read here and never sent anywhere. Says as well what the site did not send. */
import { useEffect, useState } from "react";
import { useUnfetched } from "../../site/unfetched.ts";
import { useModels } from "../../state/models/model-store.ts";
import { useOpenFile } from "../../state/models/use-open-file.ts";
import { inBrowser } from "../page/in-browser.tsx";
import styles from "./dropped-files.module.css";
import { usePictureTaker } from "./dropped-picture.ts";

const FileMessage = inBrowser(() => import("./file-message.tsx").then(({ FileMessage }) => FileMessage));

export function DroppedFiles() {
  const [hovering, setHovering] = useState(false);
  const openFile = useOpenFile();
  const { fileMessage } = useModels();
  const { problem, again } = useUnfetched();
  const { taker } = usePictureTaker();
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setHovering(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent) => {
      // A view that takes the file itself (a picture to complete) has called preventDefault.
      setHovering(false);
      if (event.defaultPrevented || !carriesFiles(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      void import("./take-files.ts").then(({ takeFiles }) => takeFiles(files, openFile));
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, [openFile]);
  return (
    <>
      {hovering && (
        <div className={styles.veil}>
          {taker?.invitation ?? "Drop the model file to use it here, or a picture to complete or inspect it."}{" "}
          It stays in this browser.
        </div>
      )}
      <div role="status" className={styles.status}>
        {problem !== null && (
          <p className={styles.message} data-kind="error">
            {problem}{" "}
            <button type="button" onClick={again}>
              Try again
            </button>
          </p>
        )}
        {fileMessage !== null && <FileMessage {...fileMessage} />}
      </div>
    </>
  );
}
