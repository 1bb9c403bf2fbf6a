/**
 * NumPy's archives: a zip file of `.npy` files, stored or deflated. What they are to be unpacked to is judged before any of it is.
 */
import { excerpt } from "@pixelcnn/core";
import { type NpyArray, parseNpy } from "@pixelcnn/core/data";
import { DatasetsError } from "../datasets-error.ts";
import { mostBytes, type SizeLimit } from "./size-limit.ts";
import { unpackEntry, type ZipEntry, zipEntries } from "./zip-entries.ts";

/** Most arrays of an archive, and whatever else it has. */
const MOST_ARRAYS = 64;

/**
 * The arrays of an archive by their names, those of np.savez's keywords.
 *
 * @param name what messages call the file.
 * @throws {DatasetsError} when it is damaged, or would unpack to more than `limit`; {DataError} for an array that is none of ours.
 */
export function npzArrays(bytes: Uint8Array, name: string, limit: SizeLimit): Map<string, NpyArray> {
  const most = mostBytes(limit, bytes.length);
  const entries = soundly(name, () => {
    const found: ZipEntry[] = [];
    let claimed = 0;
    let count = 0;
    for (const entry of zipEntries(bytes)) {
      const isArray = entry.name.endsWith(".npy");
      claimed += isArray ? entry.bytes : 0;
      count += 1;
      if (claimed > most || count > MOST_ARRAYS) {
        throw new DatasetsError(
          `${name}: expected at most ${MOST_ARRAYS} arrays of ${most} bytes together, got more; save less in one file`,
        );
      }
      if (isArray) found.push(entry);
    }
    return found;
  });
  const arrays = entries.map((entry): [string, NpyArray] => {
    const content = soundly(name, () => unpackEntry(bytes, entry));
    return [entry.name.replace(/\.npy$/, ""), parseNpy(content, `${name}, ${excerpt(entry.name)}`)];
  });
  return new Map(arrays);
}

function soundly<T>(name: string, unzip: () => T): T {
  try {
    return unzip();
  } catch (error) {
    if (error instanceof DatasetsError) throw error;
    throw new DatasetsError(
      `${name}: expected a sound archive of NumPy, got "${excerpt((error as Error).message)}"; save it by np.savez`,
      { cause: error },
    );
  }
}
