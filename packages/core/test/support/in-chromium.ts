/** Modules of the tests in a real Chromium: one for all tests of a process, which ends with it. */
import { fileURLToPath } from "node:url";
import { launchChromium } from "@pixelcnn/software-gpu";
import { build } from "esbuild";
import type { Browser } from "playwright-core";

export interface ModuleThere {
  /** Calls a function that the module exports. What goes there and comes back is copied. */
  call<Given, Result>(name: string, given?: Given): Promise<Result>;
  /** What the module and all that it imports became. */
  readonly script: string;
  close(): Promise<void>;
}

let launched: Promise<Browser> | undefined;

/** The module in a page of its own. */
export async function inChromium(module: URL): Promise<ModuleThere> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(module)],
    bundle: true,
    format: "iife",
    globalName: "exported",
    platform: "browser",
    write: false,
  });
  const script = outputFiles[0]!.text;
  launched ??= launchChromium();
  const page = await (await launched).newPage();
  // WebGPU and hashes are for secure contexts, of which localhost is one.
  await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<p></p>" }));
  await page.goto("http://localhost/");
  await page.addScriptTag({ content: script });
  return {
    script,
    call: (name, given) =>
      page.evaluate(
        ([name, given]) =>
          (globalThis as unknown as { exported: Record<string, (given: unknown) => unknown> }).exported[
            name as string
          ]!(given),
        [name, given],
      ) as Promise<never>,
    close: () => page.close(),
  };
}
