import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { randomOf } from "../../fuzz/random.ts";
import { inputFor, judge } from "../../fuzz/target.ts";
import { allTargets } from "../../fuzz/targets/index.ts";

const folder = mkdtempSync(join(tmpdir(), "pixelcnn-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const targets = await allTargets(folder);

/** Seeds of the fuzz command begin at 0: these inputs are others. */
const SEED = 20_000;
const LONG_MS = 60_000;

describe("changed bytes are read or refused in one clear line", () => {
  it.each(targets)(
    "$name",
    async (target) => {
      const runs = Math.max(300, target.share / 8);
      const count = { read: 0, refused: 0 };
      for (let input = 0; input < runs; input++) {
        const bytes = inputFor(target, randomOf(SEED, input));
        try {
          count[await judge(target, bytes)]++;
        } catch (error) {
          throw new Error(`input ${input} of seed ${SEED}: ${Buffer.from(bytes).toString("base64")}`, {
            cause: error,
          });
        }
      }
      expect(count.read).toBeGreaterThan(0);
      // Unknown lines of metrics are passed over, so nothing of them is ever refused.
      if (!["metrics", "run directory"].includes(target.name)) expect(count.refused).toBeGreaterThan(0);
      expect(readdirSync(folder).filter((name) => name !== "config.json" && name !== "run")).toEqual([]);
    },
    LONG_MS,
  );

  it.each(targets)("$name: what was good is read", async (target) => {
    for (const seed of target.seeds) expect(await judge(target, seed)).toBe("read");
  });
});

describe("settings and metrics of no end", () => {
  const target = (name: string) => targets.find((one) => one.name === name)!;
  const encode = (text: string) => new TextEncoder().encode(text);

  it.each([
    ["a value 200,000 arrays deep", `{"seed":${"[".repeat(2e5)}${"]".repeat(2e5)}}`, "refused"],
    ["a config of 2 MB", `{"run":"${"x".repeat(2e6)}"}`, "refused"],
    ["a name that clears the screen", `{"\\u001b[2J${"x".repeat(5000)}":1}`, "refused"],
    ["no JSON but colours", "\u001b[31m\n\n{", "refused"],
  ])("%s", async (_, text, outcome) => {
    expect(await judge(target("config file"), encode(text))).toBe(outcome);
  });

  it("a line of metrics 200,000 arrays deep", async () => {
    const line = `${"[".repeat(2e5)}${"]".repeat(2e5)}\n`;
    expect(await judge(target("run directory"), encode(line))).toBe("read");
  });
});
