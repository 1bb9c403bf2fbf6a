import { encodeNpy, type NpyArray } from "@pixelcnn/core/data";
import { zipSync } from "fflate";

/** Arrays by name as one file of NumPy, as np.savez_compressed writes it: a zip of .npy files. `np.load(file)["pictures"]` reads one. */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const);
  // A date of its own would make two files of the same pictures differ.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1) });
}
