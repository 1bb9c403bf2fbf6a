// Makes this engine one that has no relaxed SIMD, whatever its version.

import { kernelModules } from "../src/kernels.generated.ts";
import { WebAssembly } from "../src/web-assembly.ts";

const relaxed = [kernelModules.relaxedSimd, kernelModules.sharedRelaxedSimd].map((base64) =>
  Buffer.from(base64, "base64"),
);
const { validate } = WebAssembly;
WebAssembly.validate = (bytes) => !relaxed.some((module) => module.equals(bytes)) && validate(bytes);
process.env.EXPECT_RELAXED_SIMD = "no";
