/** Runs the build script of one of TensorFlow's packages, which no installation runs by itself. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { BackendError } from "../backend-error.ts";
import { isBuilt } from "./tensorflow-package.ts";

/**
 * Downloads libtensorflow and the binding to it.
 *
 * @param folder of the package.
 * @throws {BackendError} one line that says what failed and what to do.
 */
export async function fetchBinaries(folder: string): Promise<void> {
  const { name, scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { code, output } = await runScript(folder, scripts.install);
  if (code === 0 && isBuilt(folder)) return;
  throw new BackendError(
    `expected the build script of ${name} to fetch its binaries, got: ${problemIn(output)}; ` +
      "it needs storage.googleapis.com: connect, set HTTPS_PROXY, or name a mirror in TFJS_NODE_CDN_STORAGE, and run it again",
  );
}

function runScript(folder: string, script: string): Promise<{ code: number | null; output: string }> {
  const path = [join(folder, "node_modules", ".bin"), dirname(process.execPath), process.env.PATH];
  const child = spawn(script, {
    cwd: folder,
    shell: true,
    env: { ...process.env, PATH: path.join(delimiter) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

/** The line of a script's output that says what went wrong. */
function problemIn(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  const said = lines.find((line) => /^\w*Error: |failed with error/.test(line));
  return said ?? lines.filter(Boolean).at(-1) ?? "nothing";
}
