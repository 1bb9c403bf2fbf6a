/** A trainer as a process of its own, which tests signal, starve and kill. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type {} from "@pixelcnn/built-app/build-once";
import { inject } from "vitest";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));
/** App and words of `pixelcnn train`. */
export const trainCommand = [process.execPath, inject("app"), "train"] as const;
export const trainerFolder = packageFolder;

export interface TrainerOptions {
  /** A module that every thread of it loads first. */
  readonly preload?: string;
  /** Largest file that it may write, in blocks of 1,024 bytes: what is longer meets a full disk. */
  readonly fileBlocks?: number;
  readonly uid?: number;
}

export class Trainer {
  readonly child: ChildProcess;
  stdout = "";
  stderr = "";
  readonly ended: Promise<number | null>;

  constructor(words: readonly string[], { preload, fileBlocks, uid }: TrainerOptions = {}) {
    const limit = fileBlocks === undefined ? "" : `ulimit -f ${fileBlocks}; `;
    this.child = spawn("bash", ["-c", `${limit}exec "$@"`, "bash", ...trainCommand, ...words], {
      cwd: packageFolder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NO_COLOR: "1",
        ...(preload !== undefined && { NODE_OPTIONS: `--import ${preload}` }),
      },
      ...(uid !== undefined && { uid, gid: uid }),
    });
    this.child.stdout!.on("data", (text) => (this.stdout += text));
    this.child.stderr!.on("data", (text) => (this.stderr += text));
    this.ended = once(this.child, "close").then(([code]) => code as number | null);
  }

  /** Resolves when it has told (with --json) of a step. */
  async training(): Promise<void> {
    while (!this.stdout.includes('"type":"step"')) {
      if (this.child.exitCode !== null) throw new Error(`expected a step, but it ended: ${this.stderr}`);
      await Promise.race([once(this.child.stdout!, "data"), this.ended]);
    }
  }

  /** Signals it once it trains. @returns its exit code. */
  async signal(name: NodeJS.Signals): Promise<number | null> {
    await this.training();
    this.child.kill(name);
    return this.ended;
  }
}
