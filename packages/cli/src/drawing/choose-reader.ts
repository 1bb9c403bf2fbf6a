import type { Reader } from "@pixelcnn/core";
import type { GenerateSettings } from "../settings/generate-settings.ts";

/** The reader of `--sampler`; null for the default of `sample`, which needs no tensors. */
export async function chooseReader({ sampler, backend }: GenerateSettings): Promise<Reader | null> {
  if (sampler === "auto" || sampler === "incremental") return null;
  const { chooseBackend } = await import("../backend/choose-backend.ts");
  await chooseBackend(backend);
  const { fixedPointReader, naiveReader } = await import("@pixelcnn/core/tensors");
  return sampler === "naive" ? naiveReader : fixedPointReader;
}
