import { extname } from "node:path";

const fromSource = extname(import.meta.url) === ".ts";

/** How this app is called, for hints: from source in the repository, or as an installed command. */
export const invocation = fromSource ? "pnpm --filter cli" : "npx @pixelcnn/cli";
