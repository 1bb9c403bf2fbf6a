import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, ".github/workflows");
const { scripts, packageManager } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
  packageManager: string;
};
const script = await readFile(join(root, ".ci/run"), "utf8");

const workflows = await Promise.all(
  (await readdir(folder)).map(async (name) => {
    const text = await readFile(join(folder, name), "utf8");
    const commands = Array.from(
      text.matchAll(/^ +(?:- )?(?:run|version|publish): (.+)$/gm),
      ([, words]) => words!,
    );
    return { name, commands };
  }),
);

/** Parts of pnpm itself. */
const builtIn = ["install"];

describe.each(workflows)("$name", ({ commands }) => {
  test.each(commands)("%s", async (command) => {
    if (command === ".ci/run") return;
    expect(command).toMatch(/^npx -y pnpm@/);
    const [, manager, wanted] = /^npx -y (pnpm@\S+) (\S+)/.exec(command)!;
    expect(manager).toBe(packageManager);
    expect([...Object.keys(scripts), ...builtIn]).toContain(wanted);
  });
});

test("what every system is tested with is what .ci/run tests with", () => {
  const commands = workflows.find(({ name }) => name === "test.yml")!.commands;
  expect(commands).toEqual([`npx -y ${packageManager} test`]);
  expect(script).toMatch(/^pnpm test /m);
});
