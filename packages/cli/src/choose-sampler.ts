import { incrementalSampler, type Sampler } from "@pixelcnn/core";
import { withFallback } from "@pixelcnn/drawing";
import type { GenerateSettings } from "./settings/generate-settings.ts";

/** The sampler of `--sampler`; null for the default of `sample`, which needs neither tensors nor a GPU. */
export async function chooseSampler({ sampler, backend }: GenerateSettings): Promise<Sampler | null> {
  switch (sampler) {
    case "incremental":
      return null;
    case "auto": {
      const { findShader } = await import("@pixelcnn/backends/webgpu");
      const shader = await findShader();
      return shader && withFallback(shader, incrementalSampler);
    }
    case "shader":
      return (await import("@pixelcnn/backends/webgpu")).openShader();
    case "naive":
    case "fixed-point": {
      const { chooseBackend } = await import("@pixelcnn/backends");
      await chooseBackend(backend);
      const { fixedPointSampler, naiveSampler } = await import("@pixelcnn/core/tensors");
      return sampler === "naive" ? naiveSampler : fixedPointSampler;
    }
    default:
      return sampler satisfies never;
  }
}
