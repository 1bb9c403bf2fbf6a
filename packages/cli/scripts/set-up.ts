/** `pnpm setup:<backend>` by the one command that it is, without what the others load. */
import { setUpBackend } from "@pixelcnn/backends";
import { Command } from "commander";
import { runApp } from "../src/run-app.ts";
import { setupBackend } from "../src/setup-backend.ts";

/** What a backend comes down to, and what is said of it once it is there. */
interface Found {
  readonly file: string;
  readonly line: string;
}

/** Runs the command. @returns what may be told next time without a look; null where that is nothing, or where a GPU's driver has a say in it */
export async function setUp(words: readonly string[]): Promise<Found | null> {
  await runApp(new Command("pixelcnn").addCommand(setupBackend()), ["setup-backend", ...words]);
  const [backend, ...flags] = words;
  if (process.exitCode || flags.length > 0 || (backend !== "xla" && backend !== "native")) return null;
  const lines: string[] = [];
  const file = await setUpBackend(backend, { line: (line) => lines.push(line) }); // has nothing to do any more, and says so
  return file === null ? null : { file, line: lines.join("\n") };
}
