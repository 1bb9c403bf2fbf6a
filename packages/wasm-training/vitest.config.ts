import { defineConfig } from "vitest/config";

// Every test runs twice: on the plain SIMD module and on the relaxed one. Node 20 keeps relaxed SIMD behind a flag.
const once = ["test/generated-kernels-are-current.test.ts", "test/registration-needs-a-backend.test.ts"];

// Their files share a process each: loading TensorFlow.js takes longer than most of them, and none leaves anything behind.
const shared = { include: ["test/**/*.test.ts"], exclude: once, isolate: false };

export default defineConfig({
  test: {
    projects: [
      { test: { name: "once", include: once, isolate: false } },
      {
        test: {
          ...shared,
          name: "plain",
          setupFiles: ["test/without-relaxed-simd.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "relaxed",
          setupFiles: ["test/with-relaxed-simd.ts"],
        },
      },
    ],
  },
});
