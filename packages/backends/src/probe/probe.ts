/** Tries a backend in a process of its own, so that one that crashes or hangs takes nothing else with it. */
import { fork } from "node:child_process";
import { extname } from "node:path";
import type { ConvolutionSpeed, MeasuredSize } from "../engine.ts";
import type { StartableBackend } from "../names.ts";

/** How fast it is, or why it does not work and what to do about that. */
export type ProbeAnswer =
  | ({ readonly works: true; readonly device: string } & ConvolutionSpeed)
  | { readonly works: false; readonly reason: string; readonly fix: string };

const PATIENCE_MS = 90_000;

/** Sources are run as they are in development, and compiled in a package. */
const entry = new URL(`./probe-process${extname(import.meta.url)}`, import.meta.url);

/** Starts it and measures it. */
export async function probeBackend(
  backend: StartableBackend,
  { pictures }: MeasuredSize = {},
): Promise<ProbeAnswer> {
  const words = pictures === undefined ? [backend] : [backend, `${pictures}`];
  const child = fork(entry, words, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  let answer: ProbeAnswer | null = null;
  let said = "";
  child.on("message", (message: ProbeAnswer) => {
    answer = message;
  });
  child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  const ending = await new Promise<string>((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("close", (code, signal) => resolve(signal ?? `code ${code}`));
  });
  clearTimeout(patience);
  return (
    answer ?? {
      works: false,
      reason: `its process ended with ${ending}${lastError(said)}`,
      fix: "use --backend auto, which takes another one",
    }
  );
}

function lastError(said: string): string {
  const line = said.split("\n").find((line) => /Error: /.test(line));
  return line === undefined ? "" : `: ${line.trim()}`;
}
