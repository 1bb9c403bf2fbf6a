/** The lock of a run as anybody finds it. */
import { layout } from "./layout.ts";
import { openRegular } from "./read-regular.ts";

/** An owner that has not shown for so long that it lives is dead: ten beats. */
export const DEAD_MS = 5000;

export interface FoundLock {
  readonly token: string;
  /** Token and count: another text is a sign of life. */
  readonly text: string;
  /** When it changed last, by the clock of whoever wrote it. */
  readonly changedMs: number;
}

/** Null when there is none. A lock of an unknown form has the token "". */
export async function readLock(path: string): Promise<FoundLock | null> {
  const file = await openRegular(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    const text = buffer.toString("latin1", 0, bytesRead);
    const token = /^([0-9a-f]{32})\n\d{12}\n$/.exec(text)?.[1] ?? "";
    return { token, text, changedMs: (await file.stat()).mtimeMs };
  } finally {
    await file.close();
  }
}

/** Did it change a moment ago? */
export function isFresh({ changedMs }: FoundLock): boolean {
  return Math.abs(Date.now() - changedMs) < DEAD_MS;
}

/**
 * Does somebody train this run at the moment? Answered at once, by the age of the lock; five seconds after a trainer was killed it
 * still seems to live.
 */
export async function isTrained(directory: string): Promise<boolean> {
  const lock = await readLock(layout.lock(directory)).catch(() => null);
  return lock !== null && isFresh(lock);
}
