/** Entry of a child process: starts the backend that its argument names, measures it, with so many pictures, and tells its parent. */
import { BackendError } from "../backend-error.ts";
import { engineOf } from "../engines.ts";
import type { StartableBackend } from "../names.ts";
import type { ProbeAnswer } from "./probe.ts";

const [backend, pictures] = process.argv.slice(2) as [StartableBackend, string?];
const size = { pictures: pictures === undefined ? undefined : Number(pictures) };
process.send!(await probe(), () => process.disconnect());

async function probe(): Promise<ProbeAnswer> {
  try {
    const engine = engineOf(backend);
    const { name } = await engine.start();
    return { works: true, device: name, ...(await engine.measure(size)) };
  } catch (error) {
    if (error instanceof BackendError)
      return { works: false, reason: error.reason, fix: error.fix ?? "use --backend auto" };
    throw error;
  }
}
