/**
 * Runs a part in a process of its own that leads a group: at its limit it is killed with everything that it has started, and whatever happens to it, its rows so
 * far are here.
 */
import { spawn } from "node:child_process";
import type { Row } from "./part.ts";

/** What a child tells, as messages. */
export type PartMessage =
  | { readonly type: "row"; readonly row: Row }
  | { readonly type: "note"; readonly text: string }
  /** The machine lacks what it needs. */
  | { readonly type: "refused"; readonly reason: string }
  /** Its last word. */
  | { readonly type: "end" };

/** How a part ended. */
export interface Ending {
  readonly outcome: "done" | "refused" | "failed" | "out of time";
  /** In one line, unless it is done. */
  readonly reason: string | null;
}

/** @param words of Node: options, the entry, its arguments */
export async function runPart(
  words: readonly string[],
  limitSeconds: number,
  onFinding: (finding: Extract<PartMessage, { type: "row" | "note" }>) => void,
  signal?: AbortSignal,
): Promise<Ending> {
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    detached: true,
  });
  let refusal: string | null = null;
  let said = "";
  child.on("message", (message: PartMessage) => {
    if (message.type === "refused") refusal = message.reason;
    else if (message.type !== "end") onFinding(message);
  });
  child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
    said = (said + chunk).slice(-4000);
  });
  let isLate = false;
  const kill = () => endGroup(child.pid);
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, 1000 * limitSeconds);
  signal?.addEventListener("abort", kill, { once: true });
  const ending = await new Promise<{ code: number | null; how: string }>((resolve) => {
    child.once("error", ({ message }) => resolve({ code: null, how: message }));
    child.once("exit", (code, killedBy) => resolve({ code, how: killedBy ?? `code ${code}` }));
  });
  clearTimeout(timer);
  signal?.removeEventListener("abort", kill);
  kill(); // what it has left behind
  if (isLate) return { outcome: "out of time", reason: `it was ended after ${Math.round(limitSeconds)} s` };
  if (refusal !== null) return { outcome: "refused", reason: refusal };
  if (ending.code === 0) return { outcome: "done", reason: null };
  return { outcome: "failed", reason: `its process ended with ${ending.how}${lastError(said)}` };
}

function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch {} // it has ended
}

/** The error of an uncaught exception, or the last thing that was said. */
function lastError(said: string): string {
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((one) => /Error: /.test(one)) ?? lines.at(-1);
  return line === undefined ? "" : `: ${line.trim().slice(0, 300)}`;
}
