import { extname } from "node:path";

const fromSource = extname(import.meta.url) === ".ts";

/** How this app is called, for hints: from source in the repository, or as an installed command. */
export const invocation = fromSource ? "pnpm --filter cli" : "npx @pixelcnn/cli";

/** Words that pnpm takes for itself; its script of the whole app is given them. */
const wordsOfPnpm: readonly string[] = ["help", "completion"];

/** How a command of this app is called, by its first word. */
export function invocationOf(word: string): string {
  return fromSource && wordsOfPnpm.includes(word) ? "pnpm --silent pixelcnn" : invocation;
}
