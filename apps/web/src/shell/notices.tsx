"use client";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { Button } from "../controls/button.tsx";
import { useNotices } from "../url-state/notice-store.ts";
import styles from "./page.module.css";

/** What was wrong with the link of this page, until it is read or the visitor goes on. */
export function Notices() {
  const { notices, clear } = useNotices();
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: they were said of the page that is left.
  useEffect(() => clear, [pathname, clear]);
  return (
    <div role="status">
      {notices.length > 0 && (
        <div className={styles.notice}>
          <p>{notices.join(" ")}</p>
          <Button onClick={clear}>Close</Button>
        </div>
      )}
    </div>
  );
}
