/** Where data sets lie and come from, by what the user typed and set, and who hears of it. */
import { type DataPlaces, type DatasetOptions, dataPlaces } from "@pixelcnn/datasets";
import { withHome } from "./home.ts";
import { showDatasetEvents } from "./output/dataset-events.ts";
import { userPath } from "./user-path.ts";

/** `--data-dir`, then PIXELCNN_DATA, then the user's cache. */
export function placesFor(dataDir: string | undefined): DataPlaces {
  return dataPlaces(userPath("."), dataDir && withHome(dataDir), process.env.PIXELCNN_DATA);
}

/**
 * PIXELCNN_MIRRORS replaces the published mirrors by base addresses (comma between) that hold `<folder>/<file>`; set but empty, it
 * forbids downloads. What is odd about a set is told even where nobody wants progress.
 */
export function accessFor(quiet: boolean): Pick<DatasetOptions, "mirrors" | "onEvent" | "warn"> {
  const mirrors = process.env.PIXELCNN_MIRRORS?.split(",")
    .map((base) => base.trim())
    .filter((base) => base !== "");
  return {
    mirrors,
    onEvent: quiet ? undefined : showDatasetEvents(),
    warn: (line) => void process.stderr.write(`${line}\n`),
  };
}
