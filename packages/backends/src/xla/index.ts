// @pixelcnn/backends/xla: XLA's client, for programs that compile computations of their own.

export { findPlugin } from "./find-plugin.ts";
export { useHugePages } from "./huge-pages.ts";
export { startXla, type XlaDevice } from "./start-xla.ts";
