import { getBackend, matMul, tensor2d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { backends, useBackend } from "../support/backends.ts";

it.skipIf(!backends.includes("native"))(
  "what is tested on every backend is tested on TensorFlow itself",
  async () => {
    await useBackend("native");
    expect(getBackend()).toBe("tensorflow");
    const product = matMul(tensor2d([[1, 2]]), tensor2d([[3], [4]]));
    expect(await product.data()).toEqual(Float32Array.of(11));
    product.dispose();
  },
);
