/** Entry of a child process: starts the backend that its argument names, measures it, and tells its parent. */
import { BackendError } from "../backend-error.ts";
import { engineOf } from "../engines.ts";
import type { StartableBackend } from "../names.ts";
import type { ProbeAnswer } from "./probe.ts";

const backend = process.argv[2] as StartableBackend;
process.send!(await probe(), () => process.disconnect());

async function probe(): Promise<ProbeAnswer> {
  try {
    const engine = engineOf(backend);
    const { name } = await engine.start();
    return { works: true, device: name, ...(await engine.measure()) };
  } catch (error) {
    if (error instanceof BackendError)
      return { works: false, reason: error.reason, fix: error.fix ?? "use --backend auto" };
    throw error;
  }
}
