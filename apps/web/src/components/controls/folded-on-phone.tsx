"use client";
/** What can wait: on a phone it is folded away, elsewhere it stands with the rest. */
import { useSyncExternalStore } from "react";
import styles from "./controls.module.css";

interface FoldedOnPhoneProps {
  /** What unfolds it. */
  readonly summary: string;
  readonly children: React.ReactNode;
}

const PHONE = "(max-width: 30rem)";

export function FoldedOnPhone({ summary, children }: FoldedOnPhoneProps) {
  const isPhone = useSyncExternalStore(
    (tell) => {
      const query = window.matchMedia(PHONE);
      query.addEventListener("change", tell);
      return () => query.removeEventListener("change", tell);
    },
    () => window.matchMedia(PHONE).matches,
    () => false,
  );
  if (!isPhone) return children;
  return (
    <details className={styles.folded}>
      <summary>{summary}</summary>
      <div className={styles.unfolded}>{children}</div>
    </details>
  );
}
