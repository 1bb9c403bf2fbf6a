import { fileURLToPath } from "node:url";
import getReleasePlan from "@changesets/get-release-plan";
import { expect, test } from "vitest";
import { published } from "../src/pack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

// It fails where a file of .changeset cannot be read, as `pnpm release:version` would.
test("every changeset is read, and together they raise all packages that are published to one version", async () => {
  const { changesets, releases } = await getReleasePlan(root);
  const raised = changesets.length === 0 ? [] : published.map((name) => `@pixelcnn/${name}`);
  const rising = releases.filter(({ type }) => type !== "none");
  expect(rising.map(({ name }) => name).sort()).toEqual(raised.sort());
  expect(new Set(rising.map(({ newVersion }) => newVersion)).size).toBeLessThan(2);
});
