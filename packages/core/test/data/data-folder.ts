/** Where the real data sets lie: PIXELCNN_DATA, or ../shared/datasets beside the repository. */
import { fileURLToPath } from "node:url";

export const dataFolder =
  process.env.PIXELCNN_DATA ?? fileURLToPath(new URL("../../../../../shared/datasets", import.meta.url));
