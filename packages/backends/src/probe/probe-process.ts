/**
 * Entry of a child process: starts the backend that its argument names and tells its parent; then measures it, when it is asked, with so many pictures, and
 * ends.
 */
import { once } from "node:events";
import { BackendError } from "../backend-error.ts";
import { engineOf } from "../engines.ts";
import type { StartableBackend } from "../names.ts";
import type { Refusal, Started } from "./probe.ts";

const backend = process.argv[2] as StartableBackend;
const engine = engineOf(backend);
const started = await start();
process.send!(started);
if (started.works) {
  const [size] = await once(process, "message");
  process.send!(await engine.measure(size));
}
process.disconnect();

async function start(): Promise<Started | Refusal> {
  try {
    const { name, version, memoryBytes } = await engine.start();
    return { works: true, device: name, version, memoryBytes, trains: true, samples: engine.samples };
  } catch (error) {
    if (error instanceof BackendError)
      return { works: false, reason: error.reason, fix: error.fix ?? "use --backend auto" };
    throw error;
  }
}
