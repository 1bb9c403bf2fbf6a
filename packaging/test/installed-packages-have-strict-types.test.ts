import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inject, test } from "vitest";
import { run } from "../src/pack.ts";

const consumer = inject("consumer");

/** Type-checks one file. @throws {Error} with TypeScript's findings. */
async function check(file: string, compilerOptions: object): Promise<void> {
  const config = { extends: "./tsconfig.json", compilerOptions, files: [file] };
  await writeFile(join(consumer, `tsconfig.${file}.json`), JSON.stringify(config));
  // Without npx, which starts npm first.
  await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", `tsconfig.${file}.json`], consumer);
}

test("entries without tensors, every library checked but TypeScript's own, as Node and as a bundler resolves", async () => {
  await check("sampling.ts", {});
  await check("sampling.ts", { module: "ESNext", moduleResolution: "Bundler" });
});

test("entries with tensors, TensorFlow.js's own types taken as they are", async () => {
  await check("training.ts", { skipLibCheck: true });
});
