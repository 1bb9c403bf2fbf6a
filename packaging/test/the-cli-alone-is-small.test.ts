import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { environmentOf } from "../src/pack.ts";

const alone = inject("alone");
const app = join(alone, "node_modules/@pixelcnn/cli/dist/main.js");

const MOST_MEGABYTES = 150;
const MOST_SECONDS = 5;

test(`installed with all that it depends on, it takes less than ${MOST_MEGABYTES} MB`, async () => {
  const names = await readdir(join(alone, "node_modules"), { recursive: true });
  const sizes = await Promise.all(
    names.map(async (name) => {
      const file = await stat(join(alone, "node_modules", name));
      return file.isFile() ? file.size : 0;
    }),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0) / 1e6).toBeLessThan(MOST_MEGABYTES);
});

test("what few need did not come along", async () => {
  const names = await readdir(join(alone, "node_modules/@tensorflow"));
  expect(names.sort()).toEqual(["tfjs-backend-cpu", "tfjs-backend-wasm", "tfjs-core"]);
  expect(await readdir(join(alone, "node_modules"))).not.toContain("webgpu");
});

test(`it draws from its own model without a network, in ${MOST_SECONDS} s of a processor`, async () => {
  const { stdout, stderr } = await pixelcnn(["generate", "--ascii"], {
    NODE_OPTIONS: `--import=${join(alone, "without-network.mjs")}`,
  });
  expect(stdout).toMatch(/[^\s]{4}/);
  expect(Number(/^seconds (.+)$/m.exec(stderr)?.[1])).toBeLessThan(MOST_SECONDS);
});

test.each([
  [
    ["generate", "--sampler", "shader", "--out", "a.png"],
    "webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0",
  ],
  [["evaluate", "--backend", "webgpu"], "webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0"],
  [["evaluate", "--class-agreement"], "@tensorflow/tfjs@4.22.0"],
])("%j says in one line what to install", async (words, packages) => {
  const { stderr, code } = await pixelcnn(words).then(
    () => expect.unreachable(),
    (error: { stderr: string; code: number }) => error,
  );
  expect(code).toBe(1);
  const lines = stderr.trim().split("\n");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/not installed/);
  expect(lines[0]).toContain(`npm install @pixelcnn/cli ${packages}`);
});

function pixelcnn(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return promisify(execFile)(process.execPath, [app, ...words], {
    cwd: alone,
    env: { ...environmentOf(alone), ...environment },
  });
}
