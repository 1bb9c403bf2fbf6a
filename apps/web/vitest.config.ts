import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

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
    include: ["test/**/*.test.ts"],
    exclude: ["test/by-the-clock/**"],
    sequence: { sequencer: EveryPageFirst },
    // Three at a time on two cores: what a page waits for is seldom the processor.
    maxWorkers: 3,
    // The files share a process and its browser: starting one takes longer than most of them, and none leaves anything behind.
    isolate: false,
    // A browser in software on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 90_000 } },
  },
});
