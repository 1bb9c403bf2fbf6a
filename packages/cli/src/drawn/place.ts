/** Where drawn pictures go: the extension decides. */
import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { emptyFolder } from "../output/empty-folder.ts";
import { isStandardOutput, outputFile } from "../output/output-file.ts";
import { userPath } from "../user-path.ts";

/** A sheet, the sheet as it grows, the levels, levels and labels, or a file a picture. */
export type DrawnKind = "png" | "gif" | "npy" | "npz" | "folder";

export interface DrawnPlace {
  readonly kind: DrawnKind;
  /** Absolute, or a name of standard output. */
  readonly path: string;
}

/** @throws {CliError} for an extension of no format, and for what cannot be written. */
export async function drawnPlace(out: string): Promise<DrawnPlace> {
  if (isStandardOutput(out)) return { kind: "png", path: out };
  const extension = extname(out).toLowerCase();
  const there = await stat(userPath(out)).catch(() => null);
  const isFolder = /[/\\]$/.test(out) || there?.isDirectory() || (extension === "" && there === null);
  if (isFolder) return { kind: "folder", path: await emptyFolder("--out", out, "1.png") };
  const path = await outputFile("--out", out, ".png", ".gif", ".npy", ".npz");
  const kind = (["gif", "npy", "npz"] as const).find((one) => extension === `.${one}`) ?? "png";
  return { kind, path };
}
