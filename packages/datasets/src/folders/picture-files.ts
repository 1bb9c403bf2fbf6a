/** The picture files of a folder, and which class each belongs to. */
import { type Dirent, existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { DatasetsError } from "../datasets-error.ts";
import { foundInstead } from "../files/found-instead.ts";

export interface PictureFile {
  readonly path: string;
  readonly label: number;
}

export interface PictureFiles {
  /** Names of the subfolders, sorted; empty without subfolders. */
  readonly classNames: readonly string[];
  readonly files: readonly PictureFile[];
  /** Paths of files that are not hidden and no pictures by their names, or links that lead to none. */
  readonly passedOver: readonly string[];
}

const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;
/** The same for people. */
export const PICTURE_KINDS = "png, jpg, webp, gif, tiff, avif";
/** A label is a byte. */
const MOST_CLASSES = 256;

/**
 * Picture files by class, then by name; what is no picture by its name is passed over and told, what is hidden is not.
 *
 * @param classNames classes that another part of the set has; found in the folder when left out.
 * @throws {DatasetsError} when there is no picture, or pictures lie beside class folders.
 */
export async function findPictures(folder: string, classNames?: readonly string[]): Promise<PictureFiles> {
  const { paths, passedOver } = await picturePaths(folder);
  const classOf = (path: string) => {
    const parts = relative(folder, path).split(sep);
    return parts.length > 1 ? parts[0]! : null;
  };
  const found = new Set(paths.map(classOf));
  if (found.has(null) && found.size > 1) {
    throw new DatasetsError(
      `${folder}: expected pictures in subfolders or in the folder itself, got both; move them into one place`,
    );
  }
  const names = classNames ?? [...found].filter((name) => name !== null).sort();
  if (names.length > MOST_CLASSES) {
    throw new DatasetsError(
      `${folder}: expected at most ${MOST_CLASSES} subfolders as classes, got ${names.length}; join some`,
    );
  }
  const labels = new Map(names.map((name, label) => [name, label]));
  const files = paths.map((path) => {
    const name = classOf(path);
    const label = name === null ? 0 : labels.get(name);
    if (label === undefined || (name === null && names.length > 0)) {
      throw new DatasetsError(
        `${path}: expected one of the classes ${names.join(", ")}, got ${name}; move it to one of them`,
      );
    }
    return { path, label };
  });
  files.sort((a, b) => a.label - b.label || compare(a.path, b.path));
  return { classNames: names, files, passedOver };
}

async function picturePaths(folder: string): Promise<{ paths: string[]; passedOver: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((cause) => {
    const found = foundInstead(cause);
    throw new DatasetsError(`expected a folder of pictures at ${folder}, found ${found}; name another`, {
      cause,
    });
  });
  const paths: string[] = [];
  const passedOver: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const hidden = relative(folder, path)
      .split(sep)
      .some((part) => part.startsWith("."));
    if (hidden || entry.isDirectory()) continue;
    if (PICTURE.test(entry.name) && (await isFile(entry, path))) paths.push(path);
    else passedOver.push(path);
  }
  if (paths.length === 0) {
    const others = passedOver.length === 0 ? "none" : `${kindsOf(passedOver)} instead`;
    throw new DatasetsError(
      `${folder}: expected pictures (${PICTURE_KINDS}), found ${others}; name another folder, or convert what is in it`,
    );
  }
  return { paths, passedOver };
}

/** Files by the ends of their names, for messages: "2 .bmp, 1 .txt". */
export function kindsOf(paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const kind = extname(path).toLowerCase() || "without an extension";
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].sort(([a, m], [b, n]) => n - m || compare(a, b));
  const shownKinds = kinds.slice(0, 4).map(([kind, count]) => `${count} ${kind}`);
  const rest = kinds.slice(4).reduce((sum, [, count]) => sum + count, 0);
  return [...shownKinds, ...(rest > 0 ? [`${rest} others`] : [])].join(", ");
}

async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (entry.isFile()) return true;
  return entry.isSymbolicLink() && existsSync(path) && (await stat(path)).isFile();
}

/** By code unit: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
