import { incrementalReader, type Reader } from "@pixelcnn/core";
import type { GenerateSettings } from "../settings/generate-settings.ts";
import { withFallback } from "./fallback-reader.ts";

/** The reader of `--sampler`; null for the default of `sample`, which needs neither tensors nor a GPU. */
export async function chooseReader({ sampler, backend }: GenerateSettings): Promise<Reader | null> {
  switch (sampler) {
    case "incremental":
      return null;
    case "auto": {
      const { findShader } = await import("./open-shader.ts");
      const shader = await findShader();
      return shader && withFallback(shader, incrementalReader);
    }
    case "shader":
      return (await import("./open-shader.ts")).openShader();
    case "naive":
    case "fixed-point": {
      const { chooseBackend } = await import("../backend/choose-backend.ts");
      await chooseBackend(backend);
      const { fixedPointReader, naiveReader } = await import("@pixelcnn/core/tensors");
      return sampler === "naive" ? naiveReader : fixedPointReader;
    }
    default:
      return sampler satisfies never;
  }
}
