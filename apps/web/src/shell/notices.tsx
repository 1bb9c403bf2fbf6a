"use client";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { inBrowser } from "../components/page/in-browser.tsx";
import { useNotices } from "../state/address/notice-store.ts";

/** Most links have nothing wrong with them: fetched with the first notice. */
const Notice = inBrowser(() => import("./notice.tsx").then(({ Notice }) => Notice));

/** What was wrong with the link of this page, until it is read or the visitor goes on. */
export function Notices() {
  const { notices, clear } = useNotices();
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: they were said of the page that is left.
  useEffect(() => clear, [pathname, clear]);
  return <div role="status">{notices.length > 0 && <Notice text={notices.join(" ")} onClose={clear} />}</div>;
}
