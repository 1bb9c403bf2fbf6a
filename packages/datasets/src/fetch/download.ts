/**
 * One published file, from whichever mirror has it, into its place: whole and with the right hash, or not at all. An
 * interrupted download is gone on with, at another mirror if need be; bytes of two mirrors that do not fit together are
 * noticed by the hash and fetched anew.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, rename, stat, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { PublishedFile } from "../catalogue/known-sets.ts";
import { letGoOfPart } from "./held-parts.ts";
import { claimPart, releasePart, removeParts } from "./part-file.ts";
import { TransferError, transfer } from "./transfer.ts";

export interface DownloadOptions {
  readonly addresses: readonly string[];
  /** @param bytes of the file that are there. */
  readonly onProgress?: (bytes: number) => void;
  /** Milliseconds without a byte after which a mirror is given up; 30 seconds when left out. */
  readonly stallMs?: number;
  /** Milliseconds between two attempts at one mirror; one second when left out. */
  readonly pauseMs?: number;
}

/** No mirror gave the file. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";

  constructor(
    /** A line for each thing that was tried, the mirror in front. */
    readonly failures: readonly string[],
  ) {
    super(failures.join("; "));
  }
}

/** Attempts at one mirror. */
const ATTEMPTS = 4;

/** @throws {DownloadError} when no mirror gives the file; what came of it waits for the next attempt. */
export async function download(
  file: PublishedFile,
  target: string,
  { addresses, onProgress = () => {}, stallMs = 30_000, pauseMs = 1000 }: DownloadOptions,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const failures: string[] = [];
  let part = await claimPart(target);
  try {
    for (const address of addresses) {
      const fail = (reason: string) => {
        const line = `${new URL(address).host}: ${reason}`;
        if (!failures.includes(line)) failures.push(line);
      };
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        try {
          const kept = await transfer(address, part, file, { stallMs, onProgress });
          if ((await sha256Of(part)) === file.sha256) {
            await publish(part, target);
            return;
          }
          await truncate(part, 0);
          fail(`wrong SHA-256${kept > 0 ? " after going on with a part" : ""}`);
          // What this mirror sent alone is wrong; what it only completed may be another's fault.
          if (kept === 0) break;
        } catch (error) {
          if (!existsSync(part)) {
            // Whoever finishes a file removes all parts of it, those of slower ones too.
            if (await isWhole(target, file)) return;
            letGoOfPart(part);
            part = await claimPart(target);
            fail("its part was removed");
            continue;
          }
          if (!(error instanceof TransferError)) throw error;
          fail(error.message);
          if (!error.passing) break;
          if (attempt < ATTEMPTS) await pause(pauseMs);
        }
      }
    }
    throw new DownloadError(failures);
  } catch (error) {
    await releasePart(part, target);
    throw error;
  } finally {
    letGoOfPart(part);
  }
}

/** Whether the file is there, of the right length and with the right hash. */
export async function isWhole(path: string, file: PublishedFile): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() === true && stats.size === file.bytes && (await sha256Of(path)) === file.sha256;
}

/** Lower-case hexadecimal. */
async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

async function publish(part: string, target: string): Promise<void> {
  const handle = await open(part, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, target);
  await removeParts(target);
}
