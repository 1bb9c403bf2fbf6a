/** Order: shader on a real GPU, then the incremental sampler. A software GPU is used only when asked for by name. */
import { incrementalSampler, type Sampler } from "@pixelcnn/core";
import type { DeviceStatus, SamplerChoice } from "./device-status.ts";

export interface ChosenSampler {
  readonly sampler: Sampler;
  readonly status: DeviceStatus;
}

/** @param onLost told when the GPU of the chosen sampler goes away, with a sentence. */
export async function chooseSampler(
  choice: SamplerChoice,
  onLost: (reason: string) => void,
): Promise<ChosenSampler> {
  if (choice === "incremental") return incremental("You chose it.", null);
  const { openShader } = await import("./open-shader.ts");
  const answer = await openShader(choice === "shader");
  if (answer.sampler === null) return incremental(answer.reason, null);
  const { sampler, adapter, isSoftware, lost } = answer;
  void lost.then(onLost);
  const reason = isSoftware
    ? "You chose it, but here the processor only imitates one: slow."
    : choice === "shader"
      ? "You chose it."
      : "Your browser lets pages use it.";
  return { sampler, status: { sampler: "shader", adapter, reason } };
}

/** The fallback, with the reason why nothing better runs. */
export function incremental(reason: string, adapter: string | null): ChosenSampler {
  return { sampler: incrementalSampler, status: { sampler: "incremental", adapter, reason } };
}
