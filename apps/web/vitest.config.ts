import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What is measured by the clock: run when nothing else is (`test:by-the-clock`). */
const byTheClock = "test/by-the-clock/**/*.test.ts";
const shared = {
  // The files share a process and its browser: starting one takes longer than most of them, and none leaves anything behind.
  isolate: false,
  // A browser in software on a busy machine.
  testTimeout: 120_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 90_000 } },
};

/** What begins last, all others wait for. Vitest begins with the largest file, and one that goes through every page is short but takes longest. */
class EveryPageFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isOfEveryPage = ({ moduleId }: TestSpecification) => moduleId.includes("/every-page-");
    return [...sorted.filter(isOfEveryPage), ...sorted.filter((file) => !isOfEveryPage(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: EveryPageFirst },
    // Three at a time on two cores: what a page waits for is seldom the processor.
    maxWorkers: 3,
    projects: [
      { test: { ...shared, name: "pages", include: ["test/**/*.test.ts"], exclude: [byTheClock] } },
      { test: { ...shared, name: "clock", include: [byTheClock], fileParallelism: false } },
    ],
  },
});
