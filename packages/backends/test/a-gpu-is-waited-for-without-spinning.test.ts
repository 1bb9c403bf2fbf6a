import { hasSoftwareDriver, softwareDriver } from "@pixelcnn/software-gpu";
import { expect, it } from "vitest";
import { runInProcess } from "./support/run-in-a-process.ts";
import type { Wait } from "./support/wait-in-a-process.ts";

it.runIf(hasSoftwareDriver)("while a GPU works, the thread that waits for it is idle", async () => {
  const { code, stdout, stderr } = await runInProcess("wait-in-a-process.ts", [], await softwareDriver());
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { milliseconds, share, told } = JSON.parse(stdout) as Wait;
  expect(milliseconds).toBeGreaterThan(500);
  // One that asks without a pause is never idle.
  expect(share).toBeLessThan(0.5);
  expect(told).toEqual(["an argument", "a promise"]);
});
