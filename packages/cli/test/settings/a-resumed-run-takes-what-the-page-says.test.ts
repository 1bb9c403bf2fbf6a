import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { flagOf } from "../../src/settings/flags.ts";
import { resumableSettings } from "../../src/settings/train-settings.ts";

it("docs/command-line.md names every flag that may stand beside --resume, and no other", () => {
  const page = readFileSync(new URL("../../../../docs/command-line.md", import.meta.url), "utf8");
  const [, told = ""] = /With `--resume` (these may be others.*?)\.\n/s.exec(page) ?? [];
  const flags = [...told.matchAll(/`(--[a-z-]+)`/g)].map(([, flag]) => flag!);
  expect(flags.sort()).toEqual(resumableSettings.map(flagOf).sort());
});
