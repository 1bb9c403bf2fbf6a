import { stat } from "node:fs/promises";
import { userPath } from "../user-path.ts";

/** Whether there is anything at a path as it was typed. */
export async function isThere(path: string): Promise<boolean> {
  return (await stat(userPath(path)).catch(() => null)) !== null;
}
