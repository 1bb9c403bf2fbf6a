/** One attempt to get the rest of a file from one address into its part. */
import { open, stat, truncate } from "node:fs/promises";
import type { PublishedFile } from "../catalogue/known-sets.ts";

/** An attempt that came to nothing. */
export class TransferError extends Error {
  override readonly name = "TransferError";

  constructor(
    message: string,
    /** Whether the same address may do better next time. */
    readonly passing: boolean,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

export interface TransferOptions {
  /** Milliseconds without a byte after which an attempt is given up. */
  readonly stallMs: number;
  /** @param bytes that the part has now. */
  readonly onProgress: (bytes: number) => void;
}

/**
 * Appends what is missing of the file to its part, by a range request where the part has bytes already; a server that
 * ignores ranges sends the file from its beginning.
 *
 * @returns the number of bytes that were there before and were kept.
 * @throws {TransferError} when less than the whole file is there afterwards.
 */
export async function transfer(
  address: string,
  part: string,
  file: PublishedFile,
  { stallMs, onProgress }: TransferOptions,
): Promise<number> {
  const have = (await stat(part)).size;
  if (have === file.bytes) return have;
  if (have > file.bytes) await truncate(part, 0);
  const start = have > file.bytes ? 0 : have;
  const abort = new AbortController();
  const stalled = () => abort.abort(new TransferError(`no byte for ${stallMs / 1000} s`, true));
  let timer = setTimeout(stalled, stallMs);
  try {
    const response = await fetch(address, {
      headers: { "accept-encoding": "identity", ...(start > 0 && { range: `bytes=${start}-` }) },
      signal: abort.signal,
    });
    const kept = await checkResponse(response, start, file, part);
    let at = kept;
    const handle = await open(part, "r+");
    try {
      await handle.truncate(kept);
      for await (const chunk of response.body ?? []) {
        clearTimeout(timer);
        timer = setTimeout(stalled, stallMs);
        if (at + chunk.length > file.bytes) {
          await handle.truncate(0);
          throw new TransferError(`more than ${file.bytes} bytes`, false);
        }
        await handle.write(chunk, 0, chunk.length, at);
        at += chunk.length;
        onProgress(at);
      }
    } finally {
      await handle.close();
    }
    if (at < file.bytes) throw new TransferError(`ended after ${at} of ${file.bytes} bytes`, true);
    return kept;
  } catch (error) {
    if (error instanceof TransferError) throw error;
    throw new TransferError(reasonOf(error), !isUnreachable(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** @returns where the body begins in the file. */
async function checkResponse(
  response: Response,
  start: number,
  file: PublishedFile,
  part: string,
): Promise<number> {
  const refuse = async (reason: string, passing: boolean): Promise<never> => {
    await response.body?.cancel();
    throw new TransferError(reason, passing);
  };
  const { status, headers } = response;
  if (status === 416) {
    await truncate(part, 0);
    return refuse("HTTP 416, the part is of another file", true);
  }
  if (status !== 200 && status !== 206) return refuse(`HTTP ${status}`, status >= 500);
  const from = status === 206 ? start : 0;
  const range = headers.get("content-range");
  if (status === 206 && range !== null && !range.startsWith(`bytes ${start}-`)) {
    return refuse(`range ${range} for ${start}-`, false);
  }
  const length = headers.get("content-length");
  const encoded = (headers.get("content-encoding") ?? "identity") !== "identity";
  if (length !== null && !encoded && from + Number(length) !== file.bytes) {
    return refuse(`${from + Number(length)} bytes instead of ${file.bytes}`, false);
  }
  return from;
}

/** The network's own word for what happened: fetch hides it in the cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
  if (cause?.code === "UND_ERR_SOCKET") return "connection broken off";
  return cause?.code ?? cause?.message ?? message;
}

function isUnreachable(error: unknown): boolean {
  return ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"].includes(reasonOf(error));
}
