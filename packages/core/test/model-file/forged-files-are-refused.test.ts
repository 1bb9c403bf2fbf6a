// One file although long: a table with a row for every kind of forgery.
import { decodeModelFile, PixelCnnError } from "@pixelcnn/core";
import { describe, expect, it } from "vitest";
import { close, goodFile, type Json, open, withDescription, withHeader } from "./forge.ts";

/** Refused with a known error of one short line, at once and without taking memory worth naming. */
function expectRefusal(file: Uint8Array, message: RegExp): void {
  const before = process.memoryUsage();
  const started = process.cpuUsage();
  let error: unknown;
  try {
    decodeModelFile(file);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(PixelCnnError);
  const text = (error as Error).message;
  expect(text).toMatch(message);
  expect(text).not.toMatch(/\p{Cc}/u);
  expect(text.length).toBeLessThan(600);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(1000); // ms of a processor
  const { arrayBuffers, external } = process.memoryUsage();
  expect(arrayBuffers + external - before.arrayBuffers - before.external).toBeLessThan(64 * 2 ** 20);
}

const firstTensor = (header: Json): Json =>
  Object.entries(header).find(([name]) => name !== "__metadata__")![1];
const nodeOf = (description: Json, op: string): Json =>
  description.network.nodes.find((node: Json) => node.op === op);

describe("an untouched file is read", () => {
  it("as the forger opens and closes it", () => {
    const { text, data } = open(goodFile);
    expect(decodeModelFile(close(text, data)).model.weights.size).toBeGreaterThan(4);
  });
});

describe("a forged header is refused", () => {
  const { text, data } = open(goodFile);
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /expected a safetensors file, got 0 bytes/],
    ["a length of 2^53", close(text, data, 2n ** 53n), /header of at most .* got one of 9007199254740992/],
    ["a length of 2^64 - 1", close(text, data, 2n ** 64n - 1n), /got one of 18446744073709551615/],
    ["a length beyond the file", close(text, data, BigInt(goodFile.length)), /the file is cut/],
    ["no JSON", close("{", data), /expected the header to be JSON/],
    ["no UTF-8", close(text, data).fill(0xff, 20, 22), /UTF-8/],
    ["no object", close("[]", data), /JSON object/],
    ["arrays in arrays, 100,000 deep", close(`{"a":${nested(1e5)}}`, data), /nested at most 32 deep/],
    ["a million open brackets", close("[".repeat(1e6), data), /nested at most 32 deep/],
    ["a tensor named twice", close(text.replace(/^\{/, '{"a":{},"a":{},'), data), /"a" twice/],
    ["a tensor named twice by an escape", close(`{"a":1,"\\u0061":2}`, data), /"a" twice/],
    ["metadata given twice", close(text.replace(/^\{/, '{"__metadata__":{},'), data), /"__metadata__" twice/],
    ["a dtype twice", close('{"a":{"dtype":"F32","dtype":"F64"}}', data), /"dtype" twice/],
  ])("%s", (_, file, message) => expectRefusal(file, message));

  it.each<[string, (tensor: Json) => void, RegExp]>([
    [
      "a negative range",
      (tensor) => {
        tensor.data_offsets = [-8, tensor.data_offsets[1]];
      },
      /data_offsets\.0: expected at least 0, got -8/,
    ],
    ["a range turned round", (tensor) => tensor.data_offsets.reverse(), /expected \d+ bytes/],
    [
      "a range over the next tensor",
      (tensor) => {
        tensor.data_offsets[1] += 4;
      },
      /expected \d+ bytes/,
    ],
    [
      "a range of 2^53 bytes",
      (tensor) => {
        tensor.data_offsets = [0, 2 ** 53];
      },
      /safe integer|got 9007199254740992/,
    ],
    [
      "a shape of 2^52 numbers",
      (tensor) => {
        tensor.shape = [2 ** 52];
      },
      /expected 18014398509481984 bytes/,
    ],
    [
      "a shape whose product overflows",
      (tensor) => {
        tensor.shape = [2 ** 31, 2 ** 31, 2 ** 31];
      },
      /expected 3.96\d+e\+28 bytes/,
    ],
    [
      "a shape of 0 numbers",
      (tensor) => {
        tensor.shape = [0];
        tensor.data_offsets[1] = 0;
      },
      /bytes/,
    ],
    [
      "a shape of 1,000 dimensions",
      (tensor) => {
        tensor.shape = Array(1000).fill(1);
      },
      /shape: expected a length of at most 8, got 1000/,
    ],
    [
      "an unknown dtype",
      (tensor) => {
        tensor.dtype = "BF16";
      },
      /expected dtype F32 or F16, got "BF16"/,
    ],
    [
      "a dtype that clears the screen",
      (tensor) => {
        tensor.dtype = `\u001b[2J\n${"x".repeat(1e6)}`;
      },
      /expected dtype F32 or F16/,
    ],
    [
      "an unknown entry",
      (tensor) => {
        tensor.code = "x";
      },
      /code: expected no key of this name, got one; the file is/,
    ],
  ])("a tensor with %s", (_, change, message) => {
    expectRefusal(
      withHeader((header) => change(firstTensor(header))),
      message,
    );
  });

  it("bytes that no tensor names, and tensors that no graph names", () => {
    const longer = new Uint8Array(data.length + 4);
    longer.set(data);
    expectRefusal(close(text, longer), /expected \d+ bytes of tensors, got \d+/);
    const { header } = open(goodFile);
    header.surplus = { dtype: "F32", shape: [1], data_offsets: [data.length, data.length + 4] };
    expectRefusal(close(JSON.stringify(header), longer), /got also "surplus"/);
  });

  it("70,000 tensors, and a header of 9 MB", () => {
    const names = Array.from({ length: 70_000 }, (_, i) => `"${i}":0`);
    expectRefusal(close(`{${names}}`, data), /at most 65536 tensors, got 70000/);
    expectRefusal(close(`{${" ".repeat(9e6)}}`, data), /header of at most 8388608 bytes/);
  });
});

describe("a forged description is refused", () => {
  it.each<[string, (description: Json) => void, RegExp]>([
    [
      "an unknown operation",
      (d) => {
        nodeOf(d, "gate").op = "eval";
      },
      /nodes\.\d+\.op: expected "input" or .*"convolution".*, got "eval"/,
    ],
    [
      "a node that feeds itself",
      (d) => {
        const node = nodeOf(d, "convolution");
        node.inputs = [node.name];
      },
      /inputs that stand before it/,
    ],
    ["a cycle of nodes", (d) => d.network.nodes.reverse(), /exactly one input node, the first/],
    [
      "two nodes of one name",
      (d) => {
        d.network.nodes[2].name = d.network.nodes[1].name;
      },
      /a name of its own|stand before it/,
    ],
    [
      "logits that see their own pixel",
      (d) => {
        nodeOf(d, "convolution").taps[0].dy = 0;
        nodeOf(d, "convolution").taps[0].dx = 0;
      },
      /see only earlier values, but they see channel 0 of the same pixel|one tap for each offset/,
    ],
    [
      "logits that see the row below",
      (d) => {
        for (const node of d.network.nodes)
          if (node.op === "convolution" && node.taps.length > 1) node.taps[0].dy = 1;
      },
      /see only earlier values/,
    ],
    [
      "a tap 2^53 away",
      (d) => {
        nodeOf(d, "convolution").taps[0].dy = -(2 ** 53) + 1;
      },
      /whole offsets of at most 4096/,
    ],
    [
      "a picture of 2^50 pixels",
      (d) => {
        d.picture.height = 2 ** 25;
        d.picture.width = 2 ** 25;
      },
      /steps|values in a picture/,
    ],
    [
      "65,537 channels",
      (d) => {
        nodeOf(d, "convolution").groups = [[0, 65537]];
      },
      /1 to 65536 channels/,
    ],
    [
      "another format version",
      (d) => {
        d.formatVersion = 99;
      },
      /expected format version 1 or 2, got 99/,
    ],
    [
      "a version that is no number",
      (d) => {
        d.formatVersion = ["\u001b[31m".repeat(1e5)];
      },
      /expected format version 1/,
    ],
    [
      "a name that moves the cursor",
      (d) => {
        d.network.nodes[1].name = "a\u001b[2Jb";
      },
      /printable characters/,
    ],
    [
      "a description within the description",
      (d) => {
        d.script = "process.exit()";
      },
      /script/,
    ],
    [
      "the wrong likelihood",
      (d) => {
        d.likelihood = "categorical";
      },
      /likelihood/,
    ],
  ])("%s", (_, change, message) => expectRefusal(withDescription(change), message));

  it("keys that are given twice", () => {
    const { header, data } = open(goodFile);
    header.__metadata__.pixelcnn = header.__metadata__.pixelcnn.replace(
      '"classes":2',
      '"classes":2,"classes":3',
    );
    expectRefusal(
      close(JSON.stringify(header), data),
      /the description to name everything once, got "classes"/,
    );
  });

  it("but what it tells of itself is only made harmless", () => {
    const file = withDescription((d) => {
      d.provenance.command = "train\u001b]0;owned\u0007 --x";
    });
    expect(decodeModelFile(file).provenance.command).toBe("train\ufffd]0;owned\ufffd --x");
  });
});
