"use client";
/**
 * What a model makes of pictures when it reads just these pixels: fitted anew, in a worker, whenever they change. Not before a reader
 * comes near: many read no further than the beginning.
 */
import type { Offset } from "@pixelcnn/core";
import { wrap } from "comlink";
import { useEffect, useRef, useState } from "react";
import { useHasComeNear } from "../../../components/pictures/use-has-come-near.ts";
import type { CheatEngine, CheatReport } from "../cheat/cheat.worker.ts";
import { ByteCanvas } from "./byte-canvas.tsx";
import styles from "./cheat-test.module.css";

export function CheatTest({ offsets }: { readonly offsets: readonly Offset[] }) {
  const place = useRef<HTMLDivElement>(null);
  const report = useCheatReport(offsets, useHasComeNear(place));
  const bytes = report && Uint8Array.from(report.levels, (level) => level * 255);
  const guesses = report && Uint8Array.from(report.probabilities, (p) => Math.round(p * 255));
  const side = report?.side ?? 16;
  return (
    <div ref={place} className={styles.test}>
      <Row label="Pictures it never saw" bytes={bytes} side={side} />
      <Row label="Its guess for each pixel" bytes={guesses} side={side} />
      <p className={styles.score} role="status">
        {report === null ? "Fitting…" : `${report.nats.toFixed(1)} nats per picture`}
      </p>
    </div>
  );
}

interface RowProps {
  readonly label: string;
  /** Pictures one after the other. */
  readonly bytes: Uint8Array | null;
  readonly side: number;
}

function Row({ label, bytes, side }: RowProps) {
  return (
    <div className={styles.row} role="img" aria-label={label}>
      <span className={styles.label}>{label}</span>
      {[0, 1, 2].map((i) => (
        <ByteCanvas
          key={i}
          bytes={bytes?.subarray(i * side * side, (i + 1) * side * side) ?? null}
          width={side}
          height={side}
        />
      ))}
    </div>
  );
}

/** Null until the first fit is there; afterwards the last one stays until the next. */
function useCheatReport(offsets: readonly Offset[], isNear: boolean): CheatReport | null {
  const [engine, setEngine] = useState<ReturnType<typeof wrap<CheatEngine>> | null>(null);
  const [report, setReport] = useState<CheatReport | null>(null);
  useEffect(() => {
    if (!isNear) return;
    const worker = new Worker(new URL("../cheat/cheat.worker.ts", import.meta.url), { type: "module" });
    const remote = wrap<CheatEngine>(worker);
    setEngine(() => remote);
    return () => worker.terminate();
  }, [isNear]);
  useEffect(() => {
    let current = true;
    void engine?.test(offsets).then((next) => current && setReport(next));
    return () => {
      current = false;
    };
  }, [engine, offsets]);
  return report;
}
