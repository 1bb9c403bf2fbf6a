/** What fetching and reading a data set tells, on standard error. */
import type { OnDatasetEvent } from "@pixelcnn/datasets";
import { type Progress, progressBar } from "./progress.ts";

/** What is odd about a set is told even where nobody wants progress. */
export function datasetEvents(quiet: boolean): { onEvent: OnDatasetEvent; warn: (line: string) => void } {
  const warn = (line: string) => void process.stderr.write(`${line}\n`);
  return { onEvent: quiet ? () => {} : showEvents(), warn };
}

function showEvents(): OnDatasetEvent {
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
        const { images, totalImages } = event;
        progress ??= progressBar("reading", false);
        progress.update(images / totalImages, `${images}/${totalImages} images`);
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
