/** A command of `pixelcnn` as a process of its own, as if it was typed in a folder. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { CliError } from "../src/cli-error.ts";
import { packageRoot } from "../src/package-root.ts";

/** What Node is told so that it is `pixelcnn`: from its source. */
const fromSource = ["--import", "tsx", join(packageRoot, "src/main.ts")] as const;

/** A command whose output is seen. */
export async function told(words: readonly string[], cwd: string, app?: readonly string[]): Promise<void> {
  await outcomeOf(words, cwd, "inherit", app);
}

/** A command's output. */
export function printed(words: readonly string[], cwd: string, app?: readonly string[]): Promise<string> {
  return outcomeOf(words, cwd, "pipe", app);
}

/** @throws {CliError} for a command that fails, which has said why itself. */
function outcomeOf(
  words: readonly string[],
  cwd: string,
  output: "inherit" | "pipe",
  app: readonly string[] = fromSource,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...app, ...words], {
      cwd: packageRoot,
      env: { ...process.env, INIT_CWD: cwd },
      stdio: ["ignore", output, "inherit"],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString("utf8"));
      else
        reject(
          new CliError(
            `expected ${words[0]} to end well, it did not (${code}); mend what it says and run this again`,
          ),
        );
    });
  });
}
