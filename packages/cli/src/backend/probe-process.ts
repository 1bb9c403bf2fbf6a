/** Entry of a child process: starts the backend that its argument names, measures it, and tells its parent. */
import { WasmTrainingError } from "@pixelcnn/wasm-training";
import { CliError } from "../cli-error.ts";
import { BackendError } from "./backend-error.ts";
import type { StartableBackend } from "./backend-names.ts";
import { startBackend } from "./choose-backend.ts";
import { measureXla } from "./measure-xla.ts";
import type { ProbeAnswer } from "./probe.ts";

const backend = process.argv[2] as StartableBackend;
process.send!(await probe(), () => process.disconnect());

async function probe(): Promise<ProbeAnswer> {
  try {
    const { name } = await startBackend(backend);
    const measure =
      backend === "xla" ? measureXla : (await import("./measure-convolution.ts")).measureConvolution;
    return { works: true, device: name, ...(await measure()) };
  } catch (error) {
    if (error instanceof BackendError) return { works: false, reason: error.reason, fix: error.fix };
    if (error instanceof CliError || error instanceof WasmTrainingError)
      return { works: false, reason: error.message, fix: "use --backend auto" };
    throw error;
  }
}
