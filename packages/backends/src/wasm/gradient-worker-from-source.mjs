// A thread does not inherit the loader that understands TypeScript, so it registers it first.
import { register } from "tsx/esm/api";

register();
await import("./gradient-worker.ts");
