import { expect, test } from "vitest";
import { renamePatiently } from "../src/rename-patiently.ts";

/** Refuses as often as it is told, and counts. */
function busy(refusals: number, code: string) {
  const calls = { count: 0 };
  const move = async () => {
    calls.count++;
    if (calls.count <= refusals) throw Object.assign(new Error(code), { code });
  };
  return { calls, move };
}

test.each(["EPERM", "EACCES", "EBUSY"])("Windows is asked again after %s", async (code) => {
  const { calls, move } = busy(3, code);
  await renamePatiently("a", "b", { platform: "win32", move });
  expect(calls.count).toBe(4);
});

test("Windows is not asked for ever", async () => {
  const { move } = busy(Number.POSITIVE_INFINITY, "EPERM");
  await expect(renamePatiently("a", "b", { platform: "win32", move })).rejects.toThrow("EPERM");
});

test("what is no question of time is told at once, on Windows as well", async () => {
  const { calls, move } = busy(1, "ENOENT");
  await expect(renamePatiently("a", "b", { platform: "win32", move })).rejects.toThrow("ENOENT");
  expect(calls.count).toBe(1);
});

test("other systems mean what they say", async () => {
  const { calls, move } = busy(1, "EACCES");
  await expect(renamePatiently("a", "b", { platform: "linux", move })).rejects.toThrow("EACCES");
  expect(calls.count).toBe(1);
});
