/** The real app in a real pseudo-terminal, its screen read as a grid of characters. */
import { setTimeout as elapsed } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type IPty, spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

export interface TerminalOptions {
  readonly words?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** App and words in place of this package's. */
  readonly command?: readonly [app: string, ...words: string[]];
}

/** How a test file opens this app: on these models and runs, in a folder of its own. The file closes what is open. */
export function opener(root: string, folders: { readonly models: string; readonly runs: string }) {
  return ({ words = [], environment, ...rest }: TerminalOptions = {}) =>
    new Terminal({
      words: ["--models-dir", folders.models, "--runs-dir", folders.runs, ...words],
      environment: { INIT_CWD: root, ...environment },
      ...rest,
    });
}

export class Terminal {
  /** What Node starts. */
  static app: readonly string[] = ["--import", "tsx", "src/main.ts"];
  readonly screen: InstanceType<typeof headless.Terminal>;
  readonly pty: IPty;
  readonly startedAt = performance.now();
  /** All that was written, escape sequences included. */
  output = "";
  #exit: { exitCode: number; signal?: number | undefined } | null = null;
  #changed: () => void = () => {};

  constructor({ words = [], columns = 80, rows = 24, environment = {}, command }: TerminalOptions = {}) {
    const [app, ...rest] = command ?? [process.execPath, ...Terminal.app, ...words];
    this.screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.pty = spawn(app, rest, {
      name: "xterm-256color",
      cols: columns,
      rows,
      cwd: packageFolder,
      env: { ...terminalEnvironment(), ...environment },
    });
    this.pty.onData((data) => {
      this.output += data;
      this.screen.write(data, () => this.#changed());
    });
    this.pty.onExit((exit) => {
      this.#exit = exit;
      this.#changed();
    });
  }

  /** The screen's lines, without blanks at their ends. */
  lines(): string[] {
    const { active } = this.screen.buffer;
    return Array.from({ length: this.screen.rows }, (_, y) => {
      return active.getLine(active.baseY + y)?.translateToString(true) ?? "";
    });
  }

  text(): string {
    return this.lines().join("\n");
  }

  press(keys: string): void {
    this.pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.pty.resize(columns, rows);
  }

  /** Resolves with the screen when it shows what is wanted. */
  async until(wanted: RegExp | ((text: string) => boolean), timeoutMs = 60_000): Promise<string> {
    const fits = (text: string) => (typeof wanted === "function" ? wanted(text) : wanted.test(text));
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      // What was written last may still be on its way through the screen.
      if (this.#exit !== null) await this.#written();
      const text = this.text();
      if (fits(text)) return text;
      if (this.#exit !== null || performance.now() > deadline) {
        const why = this.#exit === null ? "in time" : `before it ended with ${JSON.stringify(this.#exit)}`;
        throw new Error(`the screen did not show ${wanted} ${why}; it shows:\n${text}`);
      }
      await this.#change(Math.min(200, deadline - performance.now()));
    }
  }

  /** Resolves with the screen once it has been the same for a second: what was on its way when a key was pressed has come. */
  async still(): Promise<string> {
    for (let last = this.text(); ; ) {
      await elapsed(1000);
      const text = this.text();
      if (text === last) return text;
      last = text;
    }
  }

  /** Resolves with how it ended. */
  async ended(timeoutMs = 60_000): Promise<{ exitCode: number; signal?: number | undefined }> {
    const deadline = performance.now() + timeoutMs;
    while (this.#exit === null) {
      if (performance.now() > deadline) throw new Error(`the app did not end; it shows:\n${this.text()}`);
      await this.#change(100);
    }
    await this.#written();
    return this.#exit;
  }

  get isAlternate(): boolean {
    return this.screen.buffer.active.type === "alternate";
  }

  /** Ends the app if it still runs. */
  close(): void {
    if (this.#exit === null) this.pty.kill("SIGKILL");
    this.screen.dispose();
  }

  #written(): Promise<void> {
    return new Promise((resolve) => this.screen.write("", resolve));
  }

  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, ms));
      this.#changed = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** This process's environment as that of a terminal with everything, whatever runs the tests. */
function terminalEnvironment(): Record<string, string> {
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, TMUX: ____, NODE_ENV: _____, ...rest } = process.env;
  const kept = Object.entries(rest).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(GITHUB|VITEST|CONTINUOUS|BUILD_|RUN_ID)/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), COLORTERM: "truecolor", LC_ALL: "C.UTF-8" };
}
