"use client";
import { DrawingStatus } from "../../components/playback/drawing-status.tsx";
import { classText } from "../../components/settings/class-text.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackPart } from "../../state/playback/use-playback.ts";
import styles from "./complete.module.css";

interface CompletionStatusProps {
  readonly entry: ModelEntry | null;
  readonly playback: Playback | null;
  /** Why nothing can be drawn. */
  readonly problem: string | null;
  /** Values that are kept. */
  readonly kept: number;
  /** p(class | kept rows), where it decides. */
  readonly probabilities: readonly number[] | null;
  readonly hasClasses: boolean;
}

/** Classes that are named. */
const MOST_NAMED = 3;

/** What these pictures are, or what is wrong. */
export function CompletionStatus({
  entry,
  playback,
  problem,
  kept,
  probabilities,
  hasClasses,
}: CompletionStatusProps) {
  const error = usePlaybackPart(playback, "error");
  if (problem !== null) return <p role="alert">{problem}</p>;
  const status = <DrawingStatus entry={entry} playback={playback} done={() => "Completed."} />;
  if (error !== null) return status;
  return (
    <div className={styles.note}>
      {status}
      <p>Chance stays the same while you draw: what changes is your doing. Press one to inspect it.</p>
      {hasClasses && (
        <p className={styles.classes}>
          {kept === 0
            ? "No row is kept: every class is as likely."
            : probabilities !== null && `The kept rows look like class ${likeliest(probabilities, entry)}.`}
        </p>
      )}
    </div>
  );
}

function likeliest(probabilities: readonly number[], entry: ModelEntry | null): string {
  return probabilities
    .map((probability, label) => ({ probability, label }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_NAMED)
    .filter(({ probability }) => probability >= 0.01)
    .map(({ probability, label }) => `${classText(entry, label)} (${Math.round(probability * 100)} %)`)
    .join(entry?.classNames === undefined ? ", " : "; ");
}
