// Starts a worker from source, the one that its first argument names. A thread does not inherit the loader that understands
// TypeScript, so it registers it first.
import { register } from "tsx/esm/api";

register();
await import(new URL(process.argv[2], import.meta.url));
