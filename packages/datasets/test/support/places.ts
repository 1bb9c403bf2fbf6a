import { tmpdir } from "node:os";
import type { DataPlaces } from "@pixelcnn/datasets";

/** These folders hold what there is. */
export function at(...folders: readonly string[]): DataPlaces {
  return { base: tmpdir(), folders };
}
