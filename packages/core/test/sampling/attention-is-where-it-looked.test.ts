/** The maps of attention against what the reference makes of its values: a sum weighed by them is the node's result. */
import { describe, expect, it } from "vitest";
import { OptionError, ShapeError } from "../../src/errors.ts";
import { channelCount } from "../../src/network/graph.ts";
import { PictureAttention } from "../../src/sampling/picture-attention.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { referenceValues } from "../support/reference-forward.ts";
import { smallModel } from "../support/small-models.ts";

const grey = { height: 4, width: 5, channels: 1, levels: 4 };
const colour = { height: 3, width: 4, channels: 3, levels: 4 };

describe.each([grey, colour])("of pictures with $channels channels", (picture) => {
  const { height, width } = picture;
  const model = smallModel("snail", { picture, classes: 2 });
  const { nodes } = model.network;
  const levels = randomPictures(picture, 1);
  const values = referenceValues(model.network, model.weights, levels, 1, { labels: [1] });

  it("weighs the values of every node to its result", async () => {
    const read = await PictureAttention.of(model, levels, { classLabel: 1 });
    const attentions = nodes.filter((node) => node.op === "attention");
    for (let position = 0; position < height * width; position++) {
      const maps = read.at(Math.floor(position / width), position % width);
      expect(maps.map(({ node, head }) => [node, head])).toEqual(
        attentions.flatMap(({ name, heads }) => Array.from({ length: heads }, (_, head) => [name, head])),
      );
      for (const { node: name, head, weights } of maps) {
        const node = attentions.find((other) => other.name === name)!;
        const channels = channelCount(node);
        const size = channels / node.heads;
        const [kept, result] = [values.get(node.inputs[2]!)!, values.get(name)!];
        const sum = weights.reduce((total, weight) => total + weight, 0);
        expect(sum).toBeCloseTo(position === 0 ? 0 : 1, 5);
        expect(weights.subarray(position).every((weight) => weight === 0)).toBe(true);
        for (let f = head * size; f < (head + 1) * size; f++) {
          const weighed = weights.reduce((sum, weight, q) => sum + weight * kept[q * channels + f]!, 0);
          expect(Math.abs(weighed - result[position * channels + f]!)).toBeLessThan(1e-5);
        }
      }
    }
  });

  it("refuses a place, a picture or a label that there is not", async () => {
    const read = await PictureAttention.of(model, levels, { classLabel: 1 });
    for (const [row, column] of [
      [-1, 0],
      [0, width],
      [height, 0],
      [0.5, 0],
    ] as const) {
      expect(() => read.at(row, column)).toThrow(OptionError);
    }
    await expect(PictureAttention.of(model, levels.subarray(1), { classLabel: 1 })).rejects.toThrow(
      ShapeError,
    );
    await expect(
      PictureAttention.of(
        model,
        levels.map(() => 4),
        { classLabel: 1 },
      ),
    ).rejects.toThrow(OptionError);
    await expect(PictureAttention.of(model, levels)).rejects.toThrow(OptionError);
  });
});

it("of a network without attention there are no maps", async () => {
  const read = await PictureAttention.of(smallModel("gated", { picture: grey }), randomPictures(grey, 1));
  expect(read.at(3, 4)).toEqual([]);
});
