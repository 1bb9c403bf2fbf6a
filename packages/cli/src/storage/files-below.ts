import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** A file and what it takes. */
export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
}

/** All files below a folder; links are not followed. None where there is no folder. */
export async function filesBelow(folder: string): Promise<StoredFile[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const stats = await lstat(path).catch(() => null); // gone meanwhile
      return stats?.isFile() ? [{ path, bytes: stats.size }] : [];
    }),
  );
  return files.flat();
}

/** What files take together. */
export function bytesOf(files: readonly StoredFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
