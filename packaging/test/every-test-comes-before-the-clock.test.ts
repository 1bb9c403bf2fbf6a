import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { large } from "../../vitest.config.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Names of the workspace's packages whose tests are run by a script of their own. */
function tested(): Promise<string[]> {
  return Promise.all(
    large.map(async (folder) => JSON.parse(await readFile(join(root, folder, "package.json"), "utf8")).name),
  );
}

test("what is measured by the clock waits for all other tests", async () => {
  const settings = await readFile(join(root, "turbo.json"), "utf8");
  const { tasks } = JSON.parse(settings.replace(/^ *\/\/.*$/gm, "")) as {
    tasks: Record<string, { dependsOn?: string[] }>;
  };
  const waits = tasks["//#test:by-the-clock"]!.dependsOn!;
  // Those of all others are run together.
  const all = ["//#test:small", ...(await tested()).map((name) => `${name}#test`)];
  expect(waits.sort()).toEqual(all.sort());
});
