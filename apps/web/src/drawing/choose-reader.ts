/** Order: shader on a real GPU, then the incremental reader. A software GPU is used only when asked for by name. */
import { incrementalReader, type Reader } from "@pixelcnn/core";
import type { DeviceStatus, ReaderChoice } from "./device-status.ts";
import { openShader } from "./open-shader.ts";

export interface ChosenReader {
  readonly reader: Reader;
  readonly status: DeviceStatus;
}

/** @param onLost told when the GPU of the chosen reader goes away, with a sentence. */
export async function chooseReader(
  choice: ReaderChoice,
  onLost: (reason: string) => void,
): Promise<ChosenReader> {
  if (choice === "incremental") return incremental("You chose it.", null);
  const answer = await openShader(choice === "shader");
  if (answer.reader === null) return incremental(answer.reason, null);
  const { reader, adapter, isSoftware, lost } = answer;
  void lost.then(onLost);
  const reason = isSoftware
    ? "You chose it, and the only GPU is one that the processor imitates: slow."
    : choice === "shader"
      ? "You chose it."
      : "Your browser offers a GPU through WebGPU.";
  return { reader, status: { reader: "shader", adapter, reason } };
}

/** The fallback, with the reason why nothing better runs. */
export function incremental(reason: string, adapter: string | null): ChosenReader {
  return { reader: incrementalReader, status: { reader: "incremental", adapter, reason } };
}
