"use client";
import styles from "./controls.module.css";
/** What can wait: on a phone it is folded away, elsewhere it stands with the rest. */
import { useIsPhone } from "./use-is-phone.ts";

interface FoldedOnPhoneProps {
  /** What unfolds it. */
  readonly summary: string;
  readonly children: React.ReactNode;
}

export function FoldedOnPhone({ summary, children }: FoldedOnPhoneProps) {
  if (!useIsPhone()) return children;
  return (
    <details className={styles.folded}>
      <summary>{summary}</summary>
      <div className={styles.unfolded}>{children}</div>
    </details>
  );
}
