/** A terminal that is filmed: commands run in it as a user would type them, and keys reach what runs. */
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type IPty, spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { Film } from "./film.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const FRAME_MS = 100;
const KEY_MS = 40;
/** A terminal is told that an app ended before all that it wrote has come. */
const FLUSH_MS = 500;
const PROMPT = "\x1b[32m$\x1b[39m ";

export class Recorder {
  readonly film: Film;
  readonly #screen: InstanceType<typeof headless.Terminal>;
  readonly #startedAt = performance.now();
  #pty: IPty | null = null;
  #isCut = false;

  /** @param folder where commands are typed. */
  constructor(
    readonly columns: number,
    readonly rows: number,
    readonly folder: string,
  ) {
    this.film = new Film(columns, rows);
    this.#screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  }

  /** Types a line at a prompt, one key after another. */
  async type(line: string): Promise<void> {
    await this.#write(PROMPT);
    for (const key of line) {
      await this.#write(key);
      this.#take();
      await sleep(KEY_MS);
    }
    await this.#write("\r\n");
  }

  /** Starts an app of the workspace from its source. @param words from the package's folder and the module on. */
  start(packageFolder: string, module: string, words: readonly string[]): Promise<number> {
    const pty = spawn(process.execPath, ["--import", "tsx", module, ...words], {
      name: "xterm-256color",
      cols: this.columns,
      rows: this.rows,
      cwd: fileURLToPath(new URL(packageFolder, `file://${root}`)),
      env: environment(this.folder),
    });
    this.#pty = pty;
    pty.onData((data) => this.#screen.write(data));
    const timer = setInterval(() => this.#take(), FRAME_MS);
    return new Promise((resolve) => {
      pty.onExit(async ({ exitCode }) => {
        this.#pty = null;
        await sleep(FLUSH_MS);
        clearInterval(timer);
        await this.#write("");
        this.#take();
        resolve(exitCode);
      });
    });
  }

  /** Films no further. */
  cut(): void {
    this.#isCut = true;
  }

  press(keys: string): void {
    this.#pty?.write(keys);
  }

  #write(text: string): Promise<void> {
    return new Promise((resolve) => this.#screen.write(text, resolve));
  }

  #take(): void {
    if (!this.#isCut) this.film.take(this.#screen, performance.now() - this.#startedAt);
  }
}

/** Of a terminal with everything, whatever starts the recordings. */
function environment(folder: string): Record<string, string> {
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, TMUX: ____, ...rest } = process.env;
  const kept = Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(kept), COLORTERM: "truecolor", LC_ALL: "C.UTF-8", INIT_CWD: folder };
}
