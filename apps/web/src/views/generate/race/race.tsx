"use client";
/** The same picture from the same noise, drawn twice: by running the whole network for every pixel, and by the sampler in use. */
import { useEffect, useMemo, useState } from "react";
import { Button } from "../../../components/controls/button.tsx";
import { PictureWall } from "../../../components/pictures/picture-wall.tsx";
import type { ModelEntry } from "../../../state/models/model-entry.ts";
import type { Playback } from "../../../state/playback/playback.ts";
import { usePlayback, usePlaybackSnapshot } from "../../../state/playback/use-playback.ts";
import { useRequest } from "../../../state/playback/use-request.ts";
import { useDevice } from "../../../workers/drawing/device-store.ts";
import { naiveWorker } from "./naive-worker.ts";
import styles from "./race.module.css";

export function Race({ entry }: { readonly entry: ModelEntry | null }) {
  const [run, setRun] = useState(0);
  return (
    <section className={styles.race} aria-labelledby="race-title">
      <h2 id="race-title">A race</h2>
      <p className={styles.note}>
        The slow way asks the whole network anew for every pixel, with TensorFlow.js, a library that many use.
        This page keeps every result and adds what is new, on the same device. Both get the same random
        numbers, so both draw the same picture.
      </p>
      <p>
        <Button disabled={entry === null} onClick={() => setRun(run + 1)}>
          {run === 0 ? "Start the race" : "Once more"}
        </Button>
      </p>
      {run > 0 && entry !== null && <Lanes key={run} entry={entry} />}
    </section>
  );
}

function Lanes({ entry }: { readonly entry: ModelEntry }) {
  const { status } = useDevice();
  const plan = useRequest(entry, { count: 1 });
  // The same request object would do; two say that the lanes share nothing but the numbers.
  const naiveRequest = useMemo(() => plan && { ...plan }, [plan]);
  const fast = usePlayback(entry, plan, { pace: "full" });
  const naive = usePlayback(entry, naiveRequest, { pace: "full", worker: naiveWorker });
  const [where, setWhere] = useState("");
  useEffect(() => {
    naiveWorker
      .ask((engine) => engine.device())
      .then(({ reason }) => setWhere(reason))
      .catch(() => {}); // the lane says what went wrong
    return () => naiveWorker.stop();
  }, []);
  return (
    <>
      <div className={styles.lanes}>
        <Lane title="the slow way" where={where} playback={naive} />
        <Lane
          title="this page"
          where={status?.sampler === "shader" ? "on WebGPU" : "in WebAssembly, on one core"}
          playback={fast}
        />
      </div>
      <Comparison naive={naive} fast={fast} />
    </>
  );
}

interface LaneProps {
  readonly title: string;
  /** What it computes on; "" until that is known. */
  readonly where: string;
  readonly playback: Playback | null;
}

function Lane({ title, where, playback }: LaneProps) {
  const { state, rows, picture, computeMs, error } = usePlaybackSnapshot(playback);
  return (
    <div className={styles.lane}>
      <h3>
        {title} <span className={styles.where}>{where}</span>
      </h3>
      <PictureWall playback={playback} columns={1} label={`The picture of the ${title} lane, ${rows} rows`} />
      <p>
        {error ??
          (state === "loading" || picture === null
            ? "Getting ready…"
            : `${rows} of ${picture.height} rows in ${(computeMs / 1000).toPrecision(2)} s`)}
      </p>
    </div>
  );
}

interface ComparisonProps {
  readonly naive: Playback | null;
  readonly fast: Playback | null;
}

/** Says how they compare as soon as both have drawn something, and for good when both are done. */
function Comparison({ naive, fast }: ComparisonProps) {
  const slow = usePlaybackSnapshot(naive);
  const quick = usePlaybackSnapshot(fast);
  const drawn = Math.min(naive?.shown ?? 0, fast?.shown ?? 0);
  const text = useMemo(() => {
    if (naive === null || fast === null || drawn === 0 || slow.picture === null) return "";
    const values = drawn * slow.picture.channels;
    let equal = 0;
    for (let i = 0; i < values; i++) if (naive.pixels[i] === fast.pixels[i]) equal++;
    const perPosition = slow.computeMs / naive.available / (quick.computeMs / fast.available);
    const figure =
      perPosition >= 10 ? Math.round(perPosition).toLocaleString("en") : perPosition.toPrecision(2);
    return `${equal} of ${values} values equal; the slow way takes ${figure} times as long for a pixel.`;
  }, [naive, fast, drawn, slow, quick]);
  return (
    <p className={styles.comparison} role="status">
      {text}
    </p>
  );
}
