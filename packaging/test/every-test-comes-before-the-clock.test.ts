import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const places = [".", "packages", "apps"];

/** Names of the workspace's packages whose tests are run by a script of their own. */
async function tested(): Promise<string[]> {
  const names: string[] = [];
  for (const place of places) {
    for (const folder of await readdir(join(root, place))) {
      const text = await readFile(join(root, place, folder, "package.json"), "utf8").catch(() => null);
      if (text === null) continue;
      const { name, scripts } = JSON.parse(text) as { name: string; scripts?: Record<string, string> };
      if (scripts?.test !== undefined) names.push(name);
    }
  }
  return names;
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
