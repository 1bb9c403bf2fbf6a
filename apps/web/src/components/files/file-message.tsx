"use client";
/** What became of a file, and where it can go. Fetched with the first such message. */
import Link from "next/link";
import { type FileMessage as Message, useModels } from "../../state/models/model-store.ts";
import styles from "./dropped-files.module.css";
import { usePictureTaker } from "./dropped-picture.ts";

export function FileMessage({ kind, text, ways }: Message) {
  return (
    <p className={styles.message} data-kind={kind}>
      <span>
        {text}
        {ways !== undefined && ways.length > 0 && (
          <span className={styles.ways}>
            {ways.map((way) => (
              <Link key={way.path} href={way.path} prefetch={false} onClick={close}>
                {way.text}
              </Link>
            ))}
          </span>
        )}
      </span>
      <button
        type="button"
        onClick={() => {
          close();
          usePictureTaker.setState({ waiting: [] });
        }}
      >
        Close
      </button>
    </p>
  );
}

function close(): void {
  useModels.setState({ fileMessage: null });
}
