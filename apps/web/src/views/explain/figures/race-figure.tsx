"use client";
/** The whole network for every pixel against every activation once: the same code, the same noise, the same picture. */
import { levelToByte } from "@pixelcnn/core/data";
import { useMemo, useState } from "react";
import { Button } from "../../../components/controls/button.tsx";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import { useModel } from "../../../state/models/use-model.ts";
import { useModelSummary } from "../../../state/models/use-model-summary.ts";
import { ByteCanvas } from "../parts/byte-canvas.tsx";
import type { LaneProgress } from "../race/race-lane.ts";
import { useRace } from "../race/use-race.ts";
import styles from "./race-figure.module.css";

const MODEL = "glyphs";
const DIGITS = 1000;
const state = { lot: parseAsWhole(0, DIGITS - 1).withDefault(3) };

export function RaceFigure() {
  const [{ lot }, setState] = useAddress(state);
  const [run, setRun] = useState(0);
  const { entry, problem: missing } = useModel(MODEL);
  const { summary, problem: unread } = useModelSummary(entry);
  const { progress, problem } = useRace(entry, run, lot, summary?.classes ?? 0);
  const { naive, cached } = progress;
  const total = summary === null ? 256 : summary.picture.height * summary.picture.width;
  const start = (next: number) => {
    void setState({ lot: next });
    setRun(run + 1);
  };
  return (
    <div className={styles.bench}>
      <div className={styles.lanes}>
        <LaneView
          title="The whole network for every pixel"
          progress={naive}
          total={total}
          levels={summary?.picture.levels ?? 2}
        />
        <LaneView
          title="Every activation once"
          progress={cached}
          total={total}
          levels={summary?.picture.levels ?? 2}
        />
      </div>
      <p className={styles.result} role="status">
        {missing ?? unread ?? problem ?? result(naive, cached, total, run)}
      </p>
      <div className={styles.buttons}>
        <Button kind="primary" disabled={summary === null} onClick={() => start(lot)}>
          {run === 0 ? "Start the race" : "Start again"}
        </Button>
        <Button disabled={summary === null} onClick={() => start((lot + 1) % DIGITS)}>
          Another digit
        </Button>
      </div>
    </div>
  );
}

interface LaneViewProps {
  readonly title: string;
  readonly progress: LaneProgress | null;
  readonly total: number;
  readonly levels: number;
}

function LaneView({ title, progress, total, levels }: LaneViewProps) {
  const bytes = useMemo(
    () => progress?.pixels.map((level) => levelToByte(level, levels)) ?? null,
    [progress, levels],
  );
  const side = Math.sqrt(total);
  const drawn = progress?.drawn ?? 0;
  return (
    <section className={styles.lane} aria-label={title}>
      <h3>{title}</h3>
      <div className={styles.picture} role="img" aria-label={`${drawn} of ${total} pixels`}>
        <ByteCanvas
          bytes={bytes}
          width={side}
          height={side}
          shown={drawn}
          {...(drawn < total && { marked: drawn })}
        />
      </div>
      <dl className={styles.facts}>
        <dt>Pixels</dt>
        <dd>
          {drawn} of {total}
        </dd>
        <dt>Multiply-adds</dt>
        <dd>{inMillions(progress?.work ?? 0)}</dd>
        <dt>Time</dt>
        <dd>{progress === null ? "–" : `${(progress.computeMs / 1000).toFixed(2)} s`}</dd>
      </dl>
    </section>
  );
}

function inMillions(work: number): string {
  const millions = work / 1e6;
  return `${millions.toLocaleString("en", { maximumFractionDigits: millions < 100 ? 1 : 0 })} million`;
}

function result(naive: LaneProgress | null, cached: LaneProgress | null, total: number, run: number): string {
  if (run === 0) return "Two workers wait, one a lane.";
  if (naive?.drawn !== total || cached?.drawn !== total) return "Drawing…";
  const differing = naive.pixels.filter((level, i) => level !== cached.pixels[i]).length;
  const outcome =
    differing === 0 ? `all ${total} pixels are equal` : `${differing} of ${total} pixels differ`;
  const time = Math.round(naive.computeMs / cached.computeMs);
  const work = Math.round(naive.work / cached.work);
  return `Of the two pictures, ${outcome}. Without the cache it took ${work} times the arithmetic, and ${time} times as long.`;
}
