"use client";
/** Two tabs draw and teach, and the browser keeps one of them. Fetched by the one that is not kept. */
import { Button } from "../controls/button.tsx";
import styles from "./overtaken-notice.module.css";

const takeOver = () => import("../../state/teaching/teach.ts").then(({ takeOver }) => takeOver());

export function OvertakenNotice() {
  return (
    <div className={styles.notice}>
      <p role="alert">
        Another tab draws or teaches as well, and what it made is kept. What is made here is not: a reload
        loses it.
      </p>
      <Button onClick={() => void takeOver()}>Keep what is here instead</Button>
    </div>
  );
}
