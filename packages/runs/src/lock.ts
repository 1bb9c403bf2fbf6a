/**
 * One writer per run. Whoever trains a run holds its lock, a file with a random token and a count that goes up twice a second:
 *
 *     lock     3f2a…(32 hexadecimal digits)\n
 *              000000000042\n
 *
 * A lock whose count stands still belongs to nobody any more, however its owner ended; no process number is written or read, since
 * numbers are used again, and mean nothing to another container or machine that shares the folder. An owner that was taken for dead
 * (its machine slept, say) finds another token in the lock and writes nothing more.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Heartbeat } from "./heartbeat.ts";
import { layout } from "./layout.ts";
import { DEAD_MS, type FoundLock, isFresh, readLock } from "./read-lock.ts";
import { readRegular } from "./read-regular.ts";
import { renamePatiently } from "./rename-patiently.ts";
import { RunsError } from "./runs-error.ts";

/** How often the owner looks whether it is asked to stop. */
const STOP_POLL_MS = 400;
/** How often somebody who wants the run looks whether its owner lives. */
const LOOK_MS = 100;
/** Even a lock that seems old is looked at for two beats: clocks of machines differ, and machines sleep. */
const SHORTEST_LOOK_MS = 1200;

/** A run that this process holds, until {@link release}. */
export class RunLock {
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  /** `process.exit` leaves no time for anything asynchronous. */
  readonly #onExit = () => {
    try {
      if (readFileSync(layout.lock(this.directory), "utf8").startsWith(this.token))
        rmSync(layout.lock(this.directory));
    } catch {} // It is gone with its folder, or cannot be removed: then it goes stale.
  };

  private constructor(
    readonly directory: string,
    readonly token: string,
    readonly heartbeat: Heartbeat,
  ) {
    this.#timer = setInterval(() => void this.#poll(), STOP_POLL_MS).unref();
    process.once("exit", this.#onExit);
  }

  /**
   * Takes the run, whose directory must exist. When there is a lock, this takes until its owner shows that it lives or long enough
   * to know that it does not: five seconds after its last beat.
   *
   * @throws {RunsError} when somebody else has it.
   */
  static async take(directory: string): Promise<RunLock> {
    const path = layout.lock(directory);
    const token = randomBytes(16).toString("hex");
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await create(path, token)) {
        try {
          await rm(layout.stop(directory), { force: true }); // it was meant for somebody before
          return new RunLock(directory, token, await Heartbeat.start(path));
        } catch (error) {
          await rm(path, { force: true });
          throw error;
        }
      }
      const found = await readLock(path);
      if (found === null) continue;
      if (await isBeating(path, found)) break;
      await setAside(path, `${path}.${token}`, found);
    }
    throw new RunsError(
      `expected to be the only trainer of ${directory}, but another one has it; stop that one first`,
    );
  }

  /** Aborted when somebody asks this owner to stop, or took the run away. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** @throws {RunsError} when the run is no longer this owner's. */
  async check(): Promise<void> {
    const found = await readLock(layout.lock(this.directory));
    if (found?.token === this.token) return;
    throw new RunsError(
      `${this.directory}: expected to be its only trainer, but ${found === null ? "its lock was removed" : "another one took it"}; nothing more is written`,
    );
  }

  /** Gives the run back; safe to call more than once. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    process.off("exit", this.#onExit);
    await this.heartbeat.stop();
    for (const path of [layout.stop(this.directory), layout.lock(this.directory)]) {
      const text = await readRegular(path).catch(() => "");
      if (text.startsWith(this.token)) await rm(path, { force: true }).catch(() => {}); // then it goes stale
    }
  }

  async #poll(): Promise<void> {
    const wish = await readRegular(layout.stop(this.directory)).catch(() => "");
    const lost = await this.check().then(
      () => false,
      (error) => error instanceof RunsError,
    );
    if (wish.trim() === this.token || lost) this.#stopping.abort();
  }
}

/** Makes the lock where there is none. Whoever reads it before it is written sees it change, and takes it for living. */
async function create(path: string, token: string): Promise<boolean> {
  const file = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return null;
    throw error;
  });
  if (file === null) return false;
  try {
    await file.writeFile(`${token}\n${"0".repeat(12)}\n`);
    return true;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Does the count of a lock go up? Looks until it does, or until it has stood still for too long. */
async function isBeating(path: string, found: FoundLock): Promise<boolean> {
  const begun = performance.now();
  for (;;) {
    await sleep(LOOK_MS);
    const now = await readLock(path);
    if (now === null) return false;
    if (now.text !== found.text) return true;
    const lookedMs = performance.now() - begun;
    if (lookedMs >= DEAD_MS || (lookedMs >= SHORTEST_LOOK_MS && !isFresh(found))) return false;
  }
}

/** Two processes may find the same stale lock; the slower one must not take away the lock that the faster one made. */
async function setAside(path: string, aside: string, stale: FoundLock): Promise<void> {
  await renamePatiently(path, aside).catch(() => {});
  const moved = await readLock(aside);
  if (moved !== null && moved.text !== stale.text) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}
