"use client";
/** What every view shares in the browser: the address, and files that are dropped on the page. */
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useEffect, useState } from "react";
import { DroppedFiles } from "../components/files/dropped-files.tsx";
import { keepForOffline } from "../site/keep-for-offline.ts";
import { Notices } from "./notices.tsx";

export function SiteState({ children }: { readonly children: React.ReactNode }) {
  // The address is known in the browser only. No dynamic import: its chunk would bring the drawing room twice.
  const [isInBrowser, setIsInBrowser] = useState(false);
  useEffect(() => setIsInBrowser(true), []);
  useEffect(keepForOffline, []);
  return (
    <NuqsAdapter>
      {isInBrowser && <Notices />}
      {children}
      {isInBrowser && <DroppedFiles />}
    </NuqsAdapter>
  );
}
