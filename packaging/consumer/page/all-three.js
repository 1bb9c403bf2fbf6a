import { buildPreset, compress, decodeModelFile, decompress, sample } from "@pixelcnn/core";
import { glyphsDataset } from "@pixelcnn/core/data";
import { initialise, train } from "@pixelcnn/core/training";
import { WasmEngine } from "@pixelcnn/wasm-engine";

/** Draws, compresses and trains, in whichever engine runs it. */
export async function allThree(bytes) {
  const { model } = decodeModelFile(bytes);
  let drawn;
  for await (const { complete, pixels } of sample(model, { count: 2, seed: 7, classLabel: 3 })) {
    if (complete) drawn = [...pixels];
  }

  const messages = await compress(model, Uint8Array.from(drawn), { classLabel: 3 });
  const restored = [...(await decompress(model, messages, 2, { classLabel: 3 }))];

  const picture = { height: 16, width: 16, channels: 1, levels: 4 };
  const start = initialise(buildPreset("gated", { picture, classes: 10, channels: 8, layers: 2 }), 0);
  const nats = [];
  for await (const event of train(start, glyphsDataset({ width: 16, height: 16, channels: 1 }), {
    length: { steps: 5 },
    testLimit: 16,
    finalTestLimit: 16,
    validationLimit: 16,
    engine: async (begun, options) => new WasmEngine(begun, options),
  })) {
    if (event.type === "step") nats.push(event.nats);
  }

  return { drawn, messages: messages.map((message) => [...message]), restored, nats };
}
