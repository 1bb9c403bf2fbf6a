"use client";
/** Follows a run through the `/runs` reader for as long as the view is there. */
import type { RunRecord } from "@pixelcnn/runs";
import { emptyHistory, foldRecords, type RunHistory } from "@pixelcnn/runs/history";
import { useEffect, useState } from "react";
import { siteUrl } from "../site-url.ts";

/** A long log comes as thousands of events at once: they are drawn together. */
const GATHER_MS = 200;

export function useRunHistory(name: string): RunHistory {
  const [history, setHistory] = useState(emptyHistory);
  useEffect(() => {
    const source = new EventSource(siteUrl(`runs/${encodeURIComponent(name)}/events`));
    let known = emptyHistory;
    let waiting: RunRecord[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      known = foldRecords(known, waiting);
      waiting = [];
      setHistory(known);
    };
    // Every connection tells the run from its first record.
    source.addEventListener("run", () => {
      known = emptyHistory;
      waiting = [];
    });
    source.addEventListener("message", ({ data }) => {
      waiting.push(JSON.parse(data) as RunRecord);
      timer ??= setTimeout(flush, GATHER_MS);
    });
    source.addEventListener("end", () => source.close());
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [name]);
  return history;
}
