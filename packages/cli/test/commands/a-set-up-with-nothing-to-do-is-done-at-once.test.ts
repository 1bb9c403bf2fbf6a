/** `pnpm setup:<backend>` where it has been set up. A machine under load takes longer by the clock: it is processor time that is measured, without pnpm's. */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What is asked for the second time is told at once: a bare Node takes 0.06 s, and more on a machine under load, as everything does. */
const MOST_BARE_NODES = 5;

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const folder = temporaryFolder();
const files = {
  xla: "lammps-jax-pjrt-cpu-0.11.2/lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
  native: "tensorflow-cpu-2.21.0-binding-4.22.0/tensorflow/tfjs_binding.node",
} as const;

/** Sets up where it is set up; processor time, by that of a Node that does nothing. */
async function bareNodesOf(backend: keyof typeof files, cache: string): Promise<number> {
  const file = join(cache, "pixelcnn/backends", files[backend]);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  const told = join(cache, `${backend}.json`);
  const telling = `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.cpuUsage())))`;
  writeFileSync(join(cache, "tell.cjs"), telling);
  const [node, ...words] = (scripts[`setup:${backend}`] as string).split(" ");
  expect(node).toBe("node");
  const secondsOfNode = async (...rest: string[]) => {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["--require", join(cache, "tell.cjs"), ...rest],
      { cwd: root, env: { ...process.env, XDG_CACHE_HOME: cache } },
    );
    const { user, system } = JSON.parse(readFileSync(told, "utf8"));
    return { stdout, stderr, seconds: (user + system) / 1e6 };
  };
  const { seconds, ...said } = await secondsOfNode(...words);
  expect(said).toEqual({ stdout: `${backend} is set up: ${file}\n`, stderr: "" });
  return seconds / (await secondsOfNode("-e", "")).seconds;
}

describe.runIf(process.platform === "linux" && process.arch === "x64")(
  "on a machine that wheels are pinned for",
  () => {
    it.each(["xla", "native"] as const)("setup:%s, and sooner still a second time", async (backend) => {
      await bareNodesOf(backend, join(folder, "one"));
      expect(await bareNodesOf(backend, join(folder, "one"))).toBeLessThan(MOST_BARE_NODES);
      // What is remembered of one cache is not told of another.
      await bareNodesOf(backend, join(folder, "other"));
    });
  },
);
