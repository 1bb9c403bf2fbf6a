/** What fetching and reading a data set tells, on standard error. */
import type { OnDatasetEvent } from "@pixelcnn/datasets";
import { type Progress, progressBar } from "./progress.ts";

/** @returns what shows them, one set's after another's. */
export function showDatasetEvents(): OnDatasetEvent {
  let progress: Progress | null = null;
  return (event) => {
    switch (event.type) {
      case "fetch": {
        const { name, folder, totalBytes } = event;
        process.stderr.write(`fetching ${name}, ${megabytes(totalBytes)} MB, into ${folder}\n`);
        break;
      }
      case "fetching": {
        const { name, bytes, totalBytes } = event;
        progress ??= progressBar(`fetching ${name}`, false);
        progress.update(bytes / totalBytes, `${megabytes(bytes)}/${megabytes(totalBytes)} MB`);
        break;
      }
      case "reading": {
        const { pictures, totalPictures } = event;
        progress ??= progressBar("reading", false);
        progress.update(pictures / totalPictures, `${pictures}/${totalPictures} pictures`);
        break;
      }
      case "ended":
        progress?.clear();
        progress = null;
        break;
      default:
        event satisfies never;
    }
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
