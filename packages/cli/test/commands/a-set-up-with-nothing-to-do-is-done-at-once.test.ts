/** `pnpm setup:<backend>` where it has been set up. A machine under load takes longer by the clock: it is processor time that is measured, without pnpm's. */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A second is what a user gets, of which pnpm takes a half; a bare Node takes 0.02, and more on a machine under load, as everything does. */
const MOST_BARE_NODES = 20;
/** Where the run before has found it set up. */
const MOST_BARE_NODES_REMEMBERED = 5;

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const folder = temporaryFolder();
const files = {
  xla: "lammps-jax-pjrt-cpu-0.11.2/lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
  native: "tensorflow-cpu-2.21.0-binding-4.22.0/tensorflow/tfjs_binding.node",
} as const;

/** Of the repository, for a run that has to look: the command, and where its engine is looked for. Time alone would not tell what it goes into. */
const MOST_FILES = 50;
/** What no run that only looks may load: the networks, what trains or draws them, and native libraries. */
const heavy = /\/packages\/(?!cli\/|backends\/)[^/]+\/src\/|@tensorflow|koffi|sharp/;

/** Sets up where it is set up. @returns addresses of all modules that it loads */
async function loadedBy(backend: keyof typeof files, cache: string): Promise<string[]> {
  makeSetUp(backend, cache);
  const list = join(cache, `${backend}.loaded`);
  const hooks = `import { appendFileSync } from "node:fs";
export async function load(url, context, next) {
  appendFileSync(${JSON.stringify(list)}, url + "\\n");
  return next(url, context);
}`;
  writeFileSync(join(cache, "hooks.mjs"), hooks);
  writeFileSync(
    join(cache, "listen.mjs"),
    'import { register } from "node:module"; register("./hooks.mjs", import.meta.url);',
  );
  const words = (scripts[`setup:${backend}`] as string).split(" ").slice(1);
  const listen = pathToFileURL(join(cache, "listen.mjs")).href;
  await promisify(execFile)(process.execPath, ["--import", listen, ...words], {
    cwd: root,
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  return readFileSync(list, "utf8").trimEnd().split("\n");
}

/** As if it had been set up. @returns the file that it comes down to */
function makeSetUp(backend: keyof typeof files, cache: string): string {
  const file = join(cache, "pixelcnn/backends", files[backend]);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  return file;
}

/**
 * Sets up where it is set up, once in every cache; processor time, by that of a Node that does nothing: the least of each, since what else the machine does
 * only ever adds to it.
 */
async function bareNodesOf(backend: keyof typeof files, caches: readonly string[]): Promise<number> {
  const [node, ...words] = (scripts[`setup:${backend}`] as string).split(" ");
  expect(node).toBe("node");
  const seconds: number[] = [];
  const bare: number[] = [];
  for (const cache of caches) {
    const file = makeSetUp(backend, cache);
    const { seconds: own, ...said } = await secondsOfNode(cache, words);
    expect(said).toEqual({ stdout: `${backend} is set up: ${file}\n`, stderr: "" });
    seconds.push(own);
    bare.push((await secondsOfNode(cache, ["-e", ""])).seconds);
  }
  return Math.min(...seconds) / Math.min(...bare);
}

/** A user's, without the file of certificates that some machines name: reading it takes a bare Node longer than all else, and every other as long. */
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;

/** What a Node says, and its processor time. */
async function secondsOfNode(cache: string, words: readonly string[]) {
  const told = join(cache, "told.json");
  const telling = `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.cpuUsage())))`;
  writeFileSync(join(cache, "tell.cjs"), telling);
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--require", join(cache, "tell.cjs"), ...words],
    { cwd: root, env: { ...environment, XDG_CACHE_HOME: cache } },
  );
  const { user, system } = JSON.parse(readFileSync(told, "utf8"));
  return { stdout, stderr, seconds: (user + system) / 1e6 };
}

describe.runIf(process.platform === "linux" && process.arch === "x64")(
  "on a machine that wheels are pinned for",
  () => {
    it.each(["xla", "native"] as const)("setup:%s, and sooner still a second time", async (backend) => {
      const loaded = await loadedBy(backend, join(folder, "one"));
      expect(loaded).toContainEqual(expect.stringMatching(/\/packages\/cli\/scripts\/set-up\.ts$/));
      expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
      expect(loaded.filter((url) => /\/packages\/[^/]+\/src\//.test(url)).length).toBeLessThan(MOST_FILES);
      const again = Array<string>(3).fill(join(folder, "one"));
      expect(await bareNodesOf(backend, again)).toBeLessThan(MOST_BARE_NODES_REMEMBERED);
      // What is remembered of one cache is not told of another.
      const others = ["two", "three", "four"].map((name) => join(folder, name));
      expect(await bareNodesOf(backend, others)).toBeLessThan(MOST_BARE_NODES);
    });
  },
);
