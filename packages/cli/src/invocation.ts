import { extname } from "node:path";

/** How this program is called, for hints: from source in the repository, or as an installed command. */
export const invocation = extname(import.meta.url) === ".ts" ? "pnpm --filter cli" : "npx @pixelcnn/cli";
