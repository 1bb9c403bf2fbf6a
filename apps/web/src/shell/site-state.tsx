"use client";
/** What every view shares in the browser: the address, and files that are dropped on the page. */
import dynamic from "next/dynamic";
import { NuqsAdapter } from "nuqs/adapters/next/app";

const DroppedFiles = dynamic(
  () => import("../models/dropped-files.tsx").then(({ DroppedFiles }) => DroppedFiles),
  { ssr: false },
);

export function SiteState({ children }: { readonly children: React.ReactNode }) {
  return (
    <NuqsAdapter>
      {children}
      <DroppedFiles />
    </NuqsAdapter>
  );
}
