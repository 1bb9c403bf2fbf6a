/**
 * Whether the system's loader finds a shared library, by really loading it. Node's own loader is asked to take it for an
 * addon: it loads the library first and only then complains that it is none.
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** @param name as the loader knows it: libcuda.so.1, nvcuda.dll. @returns null, or why it cannot be loaded. */
export function whyNotLoadable(name: string): string | null {
  const path = process.platform === "win32" ? inPath(name) : name;
  if (path === null) return `${name} is in no folder of PATH`;
  try {
    process.dlopen({ exports: {} }, path);
    return null;
  } catch (error) {
    const { message } = error as Error;
    return /self-register/.test(message) ? null : message.split("\n")[0]!.trim();
  }
}

/** Windows' loader looks into PATH, but Node makes a bare name a path of the current folder first. */
function inPath(name: string): string | null {
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    join(process.env.SystemRoot ?? "C:\\Windows", "System32"),
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
