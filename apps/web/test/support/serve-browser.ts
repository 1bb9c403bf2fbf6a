/** Set-up of all tests together: one browser, which each file connects to. */
import { serveChromium } from "@pixelcnn/software-gpu";
import type { TestProject } from "vitest/node";
import { PLAIN_NAME } from "./plain-name.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the browser of all tests listens. */
    browserEndpoint: string;
  }
}

export default async function serveBrowser(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveChromium({ args: [`--host-resolver-rules=MAP ${PLAIN_NAME} 127.0.0.1`] });
  project.provide("browserEndpoint", server.wsEndpoint());
  return () => server.close();
}
