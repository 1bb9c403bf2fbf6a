/**
 * XLA's client, for programs that compile computations of their own.
 *
 * @module @pixelcnn/backends/xla
 */

export { useHugePages } from "../huge-pages.ts";
export { findPlugin } from "./find-plugin.ts";
export { startXla, type XlaDevice } from "./start-xla.ts";
