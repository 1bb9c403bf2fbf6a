"use client";
import { Button } from "../components/controls/button.tsx";
import styles from "./notice.module.css";

interface NoticeProps {
  readonly text: string;
  readonly onClose: () => void;
}

/** A sentence above the page, and a button that takes it away. */
export function Notice({ text, onClose }: NoticeProps) {
  return (
    <div className={styles.place}>
      <div className={styles.notice}>
        <p>{text}</p>
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  );
}
