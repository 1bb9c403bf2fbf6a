import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Seconds a picture of PyTorch's naive loop on a CUDA GPU; why not, where it is not there. */
export async function pytorchSecondsPerPicture(
  python: string,
  modelFile: string,
  batch: number,
): Promise<number | string> {
  const script = fileURLToPath(new URL("pytorch_sampling.py", import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(python, [script, modelFile, String(batch)]);
    const answer = JSON.parse(stdout) as { secondsPerPicture: number } | { missing: string };
    return "missing" in answer ? answer.missing : answer.secondsPerPicture;
  } catch (error) {
    return (error as Error).message.trim().split("\n").at(-1)!;
  }
}
