/**
 * The app from source on several versions of Node, one after another: draws, decodes the known compressed files, trains some steps on two threads of
 * `wasm` and on `native` where that is set up, and asks `devices`. Every version must draw the same pictures and come to the same loss.
 *
 *     pnpm smoke                 20.19, 22, 24 and 26, by npm
 *     pnpm smoke 24 /opt/node    one by npm, and an executable
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ProbeAnswer } from "@pixelcnn/backends";
import Table from "cli-table3";
import { Command } from "commander";
import { packageRoot } from "../src/package-root.ts";
import { userPath } from "../src/user-path.ts";

const supported = ["20.19", "22", "24", "26"];
/** How far losses may differ, as a share: engines of JavaScript round their functions in their own ways. */
const LOSS_TOLERANCE = 1e-4;

const execute = promisify(execFile);

interface Answer {
  /** As it names itself. */
  readonly version: string;
  /** As text. */
  readonly drawn: string;
  /** Known compressed files that came out as the pictures that they were written from. */
  readonly decoded: number;
  /** Nats of the last step, by backend. */
  readonly nats: Readonly<Record<string, number>>;
  /** Backends that work. */
  readonly works: readonly string[];
  readonly seconds: number;
}

const command = new Command("pnpm smoke")
  .description("the app on several versions of Node: the same pictures, the same loss, and what works")
  .argument("[nodes...]", "versions that npm has, or executables", supported)
  .action(smoke);
await command.parseAsync();

async function smoke(nodes: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-smoke-"));
  try {
    const answers: Answer[] = [];
    for (const [index, node] of nodes.entries()) {
      process.stderr.write(`${node} …\n`);
      const place = join(folder, String(index));
      const executable = node.includes("/") ? userPath(node) : await fetchNode(node, place);
      answers.push(await ask(executable, place));
    }
    process.stdout.write(`${tableOf(answers)}\n`);
    for (const answer of answers.slice(1)) compare(answers[0]!, answer);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** npm's `node` fetches these when it is installed. @returns the executable */
async function fetchNode(version: string, folder: string): Promise<string> {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error"];
  await execute("npm", ["install", ...flags, "--prefix", folder, `${name}@${version}`]);
  return join(folder, "node_modules", name, "bin", platform === "win" ? "node.exe" : "node");
}

/** @throws {Error} with all that was said, when a command fails */
async function ask(node: string, folder: string): Promise<Answer> {
  const started = performance.now();
  const app = async (...words: readonly string[]): Promise<string> => {
    const options = { cwd: packageRoot, env: { ...process.env, INIT_CWD: folder, NO_COLOR: "1" } };
    const { stdout } = await execute(node, ["--import", "tsx", "src/main.ts", ...words], options);
    return stdout;
  };
  const { stdout: version } = await execute(node, ["--version"]);
  const drawn = await app("generate", "glyphs", "--ascii", "--count", "2", "--class", "3", "--workers", "2");
  const decoder = fileURLToPath(new URL("../../core/test/support/decode-known-files.ts", import.meta.url));
  const { stdout: decoded } = await execute(node, ["--import", "tsx", decoder], { cwd: packageRoot });
  const [devices] = jsonLines(await app("devices", "--json", "--pictures", "1")) as [
    (ProbeAnswer & { readonly backend: string })[],
  ];
  const works = devices.filter((answer) => answer.works).map(({ backend }) => backend);
  const nats: Record<string, number> = {};
  for (const backend of ["wasm", "native"].filter((name) => works.includes(name))) {
    const small = "--channels 8 --layers 2 --steps 5 --limit 40 --samples 0 --test-limit 8";
    const threads = backend === "wasm" ? ["--workers", "2"] : [];
    const run = ["--backend", backend, ...threads, "--run", join(folder, backend), "--json"];
    const steps = jsonLines(await app("train", ...small.split(" "), ...run)) as {
      type: string;
      nats: number;
    }[];
    nats[backend] = steps.filter(({ type }) => type === "step").at(-1)!.nats;
  }
  const seconds = (performance.now() - started) / 1000;
  return { version: version.trim(), drawn, decoded: Number(decoded), nats, works, seconds };
}

function jsonLines(text: string): unknown[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function tableOf(answers: readonly Answer[]): string {
  const head = ["Node", "known files", "loss on wasm", "on native", "works", "seconds"];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { version, decoded, nats, works, seconds } of answers) {
    const losses = ["wasm", "native"].map((backend) => nats[backend]?.toFixed(4) ?? "not set up");
    table.push([version, decoded, ...losses, works.join(", "), seconds.toFixed(0)]);
  }
  return table.toString();
}

/** @throws {Error} that says what the second does otherwise than the first */
function compare(one: Answer, other: Answer): void {
  const differs = (what: string, expected: unknown, got: unknown) =>
    new Error(`expected ${what} of Node ${one.version} on ${other.version}: ${expected}, got ${got}`);
  if (other.drawn !== one.drawn) throw differs("the pictures", `\n${one.drawn}`, `\n${other.drawn}`);
  if (other.works.join() !== one.works.join()) throw differs("the backends", one.works, other.works);
  for (const [backend, nats] of Object.entries(one.nats)) {
    const got = other.nats[backend] ?? Number.NaN;
    if (!(Math.abs(got / nats - 1) <= LOSS_TOLERANCE)) throw differs(`the loss on ${backend}`, nats, got);
  }
}
