import type { Reader } from "@pixelcnn/core";
import { ShaderError } from "@pixelcnn/core/shader";

/**
 * Draws with `first`, and from a fault of the GPU on with `second`: the batch begins anew, but for the eye it goes on, since all
 * readers draw the same pictures. Its name tells who has drawn.
 */
export function withFallback(first: Reader, second: Reader): Reader {
  let reader = first;
  return {
    get name() {
      return reader === first ? first.name : `${first.name}, then ${second.name}`;
    },
    async *draw(model, request) {
      let drawn = 0;
      try {
        for await (const position of reader.draw(model, request)) {
          drawn = position;
          yield position;
        }
        return;
      } catch (error) {
        if (reader === second || !(error instanceof ShaderError)) throw error;
        reader = second;
      }
      for await (const position of reader.draw(model, request)) if (position > drawn) yield position;
    },
  };
}
