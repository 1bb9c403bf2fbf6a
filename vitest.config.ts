/**
 * The tests of all packages that have no script `test` of their own, in one go: each by itself would take as long to start, and to load
 * TensorFlow.js, as its tests take.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import type {} from "./packages/built-app/src/build-modules.ts"; // what tests are provided with

const root = fileURLToPath(new URL(".", import.meta.url));

/** Folders of packages that are tested by themselves, each by its script `test`. */
export const large = ["", "apps/", "packages/"]
  .flatMap((place) => readdirSync(join(root, place)).map((name) => `${place}${name}`))
  .filter(hasOwnTest);

function hasOwnTest(folder: string): boolean {
  const manifest = join(root, folder, "package.json");
  return existsSync(manifest) && "test" in (JSON.parse(readFileSync(manifest, "utf8")).scripts ?? {});
}

const kernels = "packages/wasm-training/test";
/** Once, and where nothing has been registered before. */
const once = [
  `${kernels}/generated-kernels-are-current.test.ts`,
  `${kernels}/registration-needs-a-backend.test.ts`,
];

/** The files share a process: loading what they use takes longer than most of them, and none leaves anything behind. */
const shared = { isolate: false };
/** Of those that start processes, or compile. */
const long = { testTimeout: 60_000, hookTimeout: 60_000 };
const processes = ["packages/backends", "bundle", "packages/software-gpu"];

// The others run twice: on the plain SIMD module and on the relaxed one. Node 20 keeps relaxed SIMD behind a flag.
const twice = { ...shared, include: [`${kernels}/**/*.test.ts`], exclude: once };

export default defineConfig({
  root,
  test: {
    // TensorFlow.js advertises its native backend once per process.
    onConsoleLog: (log) => !log.includes("install our node backend"),
    projects: [
      {
        test: {
          ...shared,
          name: "small",
          include: ["**/test/**/*.test.ts"],
          exclude: [
            "**/node_modules/**",
            ...[...large, ...processes].map((folder) => `${folder}/**`),
            // Further down.
            "packages/{pjrt,tensorflow,wasm-training,xla}/**",
          ],
          testTimeout: 20_000,
          globalSetup: "packages/built-app/src/build-modules.ts",
          provide: {
            modules: [
              "packages/datasets/test/support/fetch-in-a-process.ts",
              "packages/drawing/src/draw-pictures.ts",
            ],
          },
        },
      },
      {
        test: {
          ...shared,
          ...long,
          name: "processes",
          include: processes.map((folder) => `${folder}/test/**/*.test.ts`),
          globalSetup: "packages/built-app/src/build-modules.ts",
          provide: {
            modules: [
              "packages/backends/src/wasm/parallel-gradients.ts",
              "packages/backends/test/support/begin-again-in-a-process.ts",
              "packages/backends/test/support/make-whole-in-a-process.ts",
              "packages/backends/test/support/start-in-a-process.ts",
              "packages/backends/test/support/train-in-a-process.ts",
              "packages/backends/test/support/wait-in-a-process.ts",
            ],
          },
        },
      },
      { test: { ...shared, name: "kernels", include: once } },
      { test: { ...twice, name: "plain kernels", setupFiles: `${kernels}/without-relaxed-simd.ts` } },
      { test: { ...twice, name: "relaxed kernels", setupFiles: `${kernels}/with-relaxed-simd.ts` } },
      {
        test: {
          ...shared,
          ...long,
          testTimeout: 120_000,
          name: "tensorflow",
          include: ["packages/tensorflow/test/**/*.test.ts"],
          // What TensorFlow finds on this machine, and that it is optimised for it, is nobody's concern here.
          env: { TF_CPP_MIN_LOG_LEVEL: "3" },
        },
      },
      { test: { name: "pjrt", include: ["packages/pjrt/test/**/*.test.ts"], testTimeout: 60_000 } },
      {
        test: {
          ...shared,
          ...long,
          name: "xla",
          include: ["packages/xla/test/**/*.test.ts"],
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
        },
      },
    ],
  },
});
