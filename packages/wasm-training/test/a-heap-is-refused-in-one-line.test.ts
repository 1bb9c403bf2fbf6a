import { afterEach, describe, expect, it, vi } from "vitest";
import { WasmTrainingError } from "../src/index.ts";
import { OwnHeap } from "../src/kernels.ts";
import { WebAssembly } from "../src/web-assembly.ts";

const GIB = 2 ** 30;
const tooLarge =
  /^expected a computation of at most 4,096 MiB, got one of [\d,]+ MiB; choose a smaller batch/;
const notGiven = /^expected [\d,]+ MiB of memory, got none; free some, or choose a smaller batch/;

const thrownBy = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return expect.fail("nothing was refused");
};

const refusal = (message: RegExp) => ({
  name: "WasmTrainingError",
  message: expect.stringMatching(message),
});

afterEach(() => void vi.restoreAllMocks());

describe("more than WebAssembly can address", () => {
  it.each([4 * GIB, 4 * GIB - 64, 90 * GIB])("at first: %d bytes", (bytes) => {
    const error = thrownBy(() => new OwnHeap(bytes));
    expect(error).toBeInstanceOf(WasmTrainingError);
    expect(error).toMatchObject(refusal(tooLarge));
  });

  it("by a zone that is borrowed, after which smaller ones are lent as before", () => {
    const heap = new OwnHeap(64);
    const addressOfNext = () => {
      const { dataId } = heap.makeOutput([16], "float32");
      const { memoryOffset } = heap.dataIdMap.get(dataId);
      heap.disposeData(dataId);
      return memoryOffset;
    };
    const before = addressOfNext();
    expect(thrownBy(() => heap.makeOutput([GIB], "float32"))).toMatchObject(refusal(tooLarge));
    expect(addressOfNext()).toBe(before);
    expect(heap.floats).toHaveLength(2 ** 14);
  });
});

describe("more than the system gives", () => {
  // A constructor too, which an arrow function is not.
  function refuses(): never {
    throw new RangeError("could not allocate memory");
  }

  it("at first", () => {
    vi.spyOn(WebAssembly, "Memory").mockImplementation(refuses);
    expect(thrownBy(() => new OwnHeap(GIB))).toMatchObject({
      ...refusal(notGiven),
      cause: expect.any(RangeError),
    });
  });

  it("by a zone that is borrowed", () => {
    const heap = new OwnHeap(64);
    vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(refuses);
    expect(thrownBy(() => heap.makeOutput([GIB / 8], "float32"))).toMatchObject(refusal(notGiven));
    expect(heap.makeOutput([16], "float32").shape).toEqual([16]);
  });
});
