/** Runs the user's Python, which brings pip and a reader of zip files. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { BackendError } from "../backend-error.ts";

/**
 * @returns what it printed on standard output
 * @throws {BackendError} when there is no python3, or it fails: the last line that it said
 */
export async function runPython(
  args: readonly string[],
  purpose: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const executable = process.env.PYTHON ?? "python3";
  try {
    const { stdout } = await promisify(execFile)(executable, args, {
      env: { ...process.env, ...environment },
      maxBuffer: 1 << 24,
    });
    return stdout;
  } catch (cause) {
    const { code, stderr = "" } = cause as { code?: unknown; stderr?: string };
    if (code === "ENOENT") {
      throw new BackendError(
        `expected ${executable} to ${purpose}, but there is none; install Python 3 with pip (Debian: sudo apt install python3-pip), or name it in PYTHON`,
        { cause },
      );
    }
    const said =
      stderr
        .trim()
        .split("\n")
        .filter((line) => !/notice\]|WARNING/.test(line))
        .at(-1) ?? `code ${code}`;
    const fix = /No module named pip/.test(stderr)
      ? "; install pip (Debian: sudo apt install python3-pip)"
      : "";
    throw new BackendError(`expected ${executable} to ${purpose}, got: ${said.trim()}${fix}`, { cause });
  }
}
