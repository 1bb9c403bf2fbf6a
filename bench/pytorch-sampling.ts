import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** How PyTorch draws. */
export interface PytorchOptions {
  /** A whole pass for every value, or every activation once; naive by default. */
  readonly loop?: "naive" | "cached";
  /** Whether a processor will do where there is no GPU. */
  readonly onProcessor?: boolean;
  readonly timeoutMs?: number;
}

/** Seconds a picture of a loop of PyTorch's on a CUDA GPU; why not, where it is not there. */
export async function pytorchSecondsPerPicture(
  python: string,
  modelFile: string,
  batch: number,
  { loop = "naive", onProcessor = false, timeoutMs = 0 }: PytorchOptions = {},
): Promise<number | string> {
  const script = fileURLToPath(new URL("pytorch_sampling.py", import.meta.url));
  const words = [script, modelFile, String(batch), loop, ...(onProcessor ? ["processor"] : [])];
  try {
    const limit = { timeout: Math.ceil(timeoutMs), killSignal: "SIGKILL" } as const;
    const { stdout } = await promisify(execFile)(python, words, limit);
    const answer = JSON.parse(stdout) as { secondsPerPicture: number } | { missing: string };
    return "missing" in answer ? answer.missing : answer.secondsPerPicture;
  } catch (error) {
    if ((error as { killed?: boolean }).killed) return "no time was left";
    return (error as Error).message.trim().split("\n").at(-1)!;
  }
}
