/** How fast a training goes on, by the progress that was seen to happen, and what is left by that. */

/** First and newest progress that were seen, and the time left by them; null before enough was seen. */
export interface Pace {
  readonly from: Moment;
  readonly to: Moment;
  readonly leftMs: number | null;
}

export interface Moment {
  /** 0 ... 1 */
  readonly progress: number;
  readonly ms: number;
}

/** A pace that was watched for less says little: records come in bursts. */
const LEAST_WATCHED_MS = 5000;
/**
 * How slowly what is said follows what was seen. An evaluation or a checkpoint, during which nothing is learned, would else
 * make the time left jump up, and the steps after it make it fall again.
 */
const FOLLOW_MS = 60_000;

export function paceOf(before: Pace | null, now: Moment | null): Pace | null {
  if (now === null) return null;
  if (before === null || before.from.progress > now.progress) return { from: now, to: now, leftMs: null };
  const { from, to, leftMs } = before;
  const [done, watchedMs] = [now.progress - from.progress, now.ms - from.ms];
  if (done === 0 || watchedMs < LEAST_WATCHED_MS) return { from, to: now, leftMs };
  const guess = ((1 - now.progress) * watchedMs) / done;
  if (leftMs === null) return { from, to: now, leftMs: guess };
  const passedMs = now.ms - to.ms;
  const said = leftMs - passedMs;
  return { from, to: now, leftMs: Math.max(0, guess + (said - guess) * Math.exp(-passedMs / FOLLOW_MS)) };
}
