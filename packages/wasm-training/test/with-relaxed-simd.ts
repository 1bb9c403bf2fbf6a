import { setFlagsFromString } from "node:v8";

setFlagsFromString("--experimental-wasm-relaxed-simd");
process.env.EXPECT_RELAXED_SIMD = "yes";
