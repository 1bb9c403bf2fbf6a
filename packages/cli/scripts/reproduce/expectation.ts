/** Will the same commands make the same weights, or only as good ones? */
import type { Making } from "./stages.ts";

/** What stands in the way of the same bits; nothing where they are expected, by one release on one kind of processor. */
export function doubtsOf({ stages, remarks, cuts }: Making): string[] {
  const doubts = [
    ...remarks.map((remark) => `its history says "${remark}", which nobody can type`),
    ...cuts.map((cut) => `it was stopped before its end: ${cut}`),
  ];
  for (const { settings } of stages) {
    const { backend, workers, initFrom, warmStart } = settings;
    if (settings.minutes !== undefined || settings.time !== undefined)
      doubts.push("its length is a time, in which another machine takes more or fewer steps");
    const other = initFrom ?? warmStart;
    if (other !== undefined && stages[0]!.settings === settings)
      doubts.push(`it begins with ${other}, which may have been trained on since`);
    if (backend === "auto") doubts.push("the backend is what a machine has");
    else if (backend === "xla")
      doubts.push("another XLA plugin or number of processors adds up in another order");
    else if (backend === "wasm" && workers === undefined)
      doubts.push("the threads are as many as a machine has, and each adds up its own part");
    else if (backend !== "wasm" && backend !== "cpu")
      doubts.push(`${backend} adds up in an order of its own`);
  }
  return [...new Set(doubts)];
}
