/** Starts and resumes trainings: processes of their own, which neither the keys nor the end of this app touch. */
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What Node starts as the command line: as it is in development, and built for tests. */
const commandLine: readonly string[] = import.meta.url.endsWith(".ts")
  ? ["--import", import.meta.resolve("tsx"), fileURLToPath(import.meta.resolve("@pixelcnn/cli/main"))]
  : [fileURLToPath(new URL("../../../../packages/cli/src/main.js", import.meta.url))];

/** Told when a training that was started here ended by an error: what it said. */
export type OnFailure = (message: string) => void;

export function startTraining(words: readonly string[], onFailure: OnFailure): void {
  const folder = mkdtempSync(join(tmpdir(), "pixelcnn-training-"));
  const log = join(folder, "stderr");
  // A file and no pipe: the training may outlive this app.
  const stderr = openSync(log, "w");
  const child = spawn(process.execPath, [...commandLine, "train", ...words], {
    detached: true,
    // Windows gives a process of its own a window of its own.
    windowsHide: true,
    stdio: ["ignore", "ignore", stderr],
    env: { ...process.env, NO_COLOR: "1" },
  });
  closeSync(stderr);
  // Whoever still writes to it can go on; where the system refuses that, the file stays behind.
  const remove = () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {}
  };
  process.once("exit", remove);
  child.once("error", (error) => onFailure(error.message));
  child.once("exit", (code, signal) => {
    const said = readFileSync(log, "utf8").trim().split("\n").at(-1) ?? "";
    process.off("exit", remove);
    remove();
    if (code !== 0) onFailure(said || `the training ended with ${signal ?? `code ${code}`}`);
  });
  child.unref();
}
