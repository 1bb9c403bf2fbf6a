import type { Sampler } from "@pixelcnn/core";
import { ShaderError } from "@pixelcnn/core/shader";

/**
 * Draws with `first`, and from a fault of the GPU on with `second`: the batch begins anew, but for the eye it goes on, since all
 * samplers draw the same pictures. Its name tells who has drawn.
 */
export function withFallback(first: Sampler, second: Sampler): Sampler {
  let sampler = first;
  return {
    get name() {
      return sampler === first ? first.name : `${first.name}, then ${second.name}`;
    },
    async *draw(model, request) {
      let drawn = 0;
      try {
        for await (const position of sampler.draw(model, request)) {
          drawn = position;
          yield position;
        }
        return;
      } catch (error) {
        if (sampler === second || !(error instanceof ShaderError)) throw error;
        sampler = second;
      }
      for await (const position of sampler.draw(model, request)) if (position > drawn) yield position;
    },
  };
}
