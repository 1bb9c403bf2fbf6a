// @pixelcnn/software-gpu: a GPU in software and a browser that has it, both from the lock file. For tests and benches.

export { hasSoftwareDriver, softwareDriver } from "./driver.ts";
export { type LaunchOptions, launchChromium } from "./launch-chromium.ts";
