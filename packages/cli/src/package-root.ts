import { fileURLToPath } from "node:url";

/** Folder of the package itself. */
export const packageRoot = fileURLToPath(new URL("..", import.meta.url));
