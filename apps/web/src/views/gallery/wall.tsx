"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "../../components/controls/button.tsx";
import { PictureWall } from "../../components/pictures/picture-wall.tsx";
/** What a visitor sees first: the smallest model drawing on their own device, and a sentence that says so. */
import { OtherSeedButton } from "../../components/settings/other-seed-button.tsx";
import { inspectLink } from "../../state/address/inspect-link.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import { useModel } from "../../state/models/use-model.ts";
import { usePace } from "../../state/playback/pace.ts";
import { usePlayback, usePlaybackPart } from "../../state/playback/use-playback.ts";
import { useRequest } from "../../state/playback/use-request.ts";
import styles from "./gallery.module.css";
import { GrowingPicture } from "./growing-picture.tsx";
import { Pen } from "./pen.tsx";
import { WallSentence } from "./wall-sentence.tsx";

const COUNT = 50;
const COLUMNS = 10;

export function Wall() {
  const [{ seed }] = useDrawingState();
  const { entry, problem } = useModel(null);
  const [pace] = usePace("calm");
  const [restarts, setRestarts] = useState(0);
  // Drawn sooner than a GPU is asked for, its program fetched and compiled.
  const request = useRequest(entry, { count: COUNT, label: null, temperature: 1, sampler: "incremental" });
  const playback = usePlayback(entry, request, { pace, restarts });
  const state = usePlaybackPart(playback, "state");
  return (
    <section aria-label="The wall">
      <div className={styles.first}>
        <GrowingPicture entry={entry} />
        <Pen />
      </div>
      <div className={styles.place}>
        <PictureWall
          playback={playback}
          columns={COLUMNS}
          linkOf={(index) => inspectLink({ model: entry?.id ?? "", seed, index })}
          label={`${COUNT} pictures of the model ${entry?.title ?? ""}`}
        />
      </div>
      <WallSentence entry={entry} playback={playback} problem={problem} />
      <div className={styles.actions}>
        {state === "drawing" || state === "loading" ? (
          <Button disabled={state === "loading"} onClick={() => playback?.pause()}>
            Pause
          </Button>
        ) : (
          <Button onClick={() => (state === "done" ? setRestarts(restarts + 1) : playback?.play())}>
            {state === "done" ? "Again" : "Play"}
          </Button>
        )}
        <OtherSeedButton>Draw others</OtherSeedButton>
        <Link href={`/generate/?seed=${seed}&count=${COUNT}`} prefetch={false}>
          Open these in Generate
        </Link>
      </div>
    </section>
  );
}
