/** A place like the machine that a bundle is for: no network, no Node, no repository, a PATH with next to nothing on it, and another home. */
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** What the script may call. */
const commands = ["bash", "cat", "dirname", "env", "uname"];

/** Hides the repository, then runs what it is given. */
const hideAndRun = 'mount -t tmpfs none "$0" && exec "$@"';

/** Whether this system lets namespaces be made; where it does not, there is no such place. */
export function canSeal(): boolean {
  try {
    execFileSync("unshare", ["-rmn", "bash", "-c", hideAndRun, repository, "true"], {
      stdio: "ignore",
      cwd: "/",
    });
    return true;
  } catch {
    return false;
  }
}

/** A home in a folder of the test's; commands are run in it. */
export class SealedPlace {
  readonly home: string;
  readonly #path: string;

  constructor(folder: string) {
    this.home = join(folder, "home");
    this.#path = join(folder, "commands");
    for (const made of [this.home, this.#path]) mkdirSync(made);
    for (const command of commands) symlinkSync(pathOf(command), join(this.#path, command));
  }

  /** What a command of a bundle prints. @throws when it fails, with what it said */
  async run(bundle: string, ...words: readonly string[]): Promise<string> {
    const environment = [`PATH=${this.#path}`, `HOME=${this.home}`, "LC_ALL=C"];
    const command = ["env", "-i", ...environment, "bash", join(bundle, "run.sh"), ...words];
    const { stdout } = await promisify(execFile)(
      "unshare",
      ["-rmn", "bash", "-c", hideAndRun, repository, ...command],
      { cwd: this.home },
    );
    return stdout;
  }
}

function pathOf(command: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, command)).find(existsSync) ?? command;
}
