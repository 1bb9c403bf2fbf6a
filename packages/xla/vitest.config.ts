import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The files share a process: loading TensorFlow.js takes longer than most of them, and none leaves anything behind.
    isolate: false,
    // On two cores Vitest would take one file at a time, and the last package of a run leave a core idle. Without XLA there is one file's work.
    maxWorkers: process.env.PIXELCNN_PJRT_PLUGIN ? 2 : 1,
    // What is tested is the programs that this package writes, not how well XLA improves them, which takes half of a compilation.
    // The command line's tests compile them as users do.
    // In parts that are compiled beside each other, a program takes longer by processor time.
    env: {
      XLA_FLAGS:
        process.env.XLA_FLAGS ??
        "--xla_backend_optimization_level=0 --xla_cpu_parallel_codegen_split_count=1",
    },
    // Compiling takes seconds, and the slowest machine that runs them has two cores.
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
