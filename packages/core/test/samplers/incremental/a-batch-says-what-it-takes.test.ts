/** Attention keeps all rows of a picture. What a batch takes is said before it is taken, and a batch that no memory holds is refused. */
import { expect, it } from "vitest";
import { OptionError } from "../../../src/errors.ts";
import { NetworkBuilder } from "../../../src/network/builder.ts";
import { defineNetwork } from "../../../src/network/define-network.ts";
import { maskedKernel, pointwise } from "../../../src/network/taps.ts";
import { bytesPerPicture } from "../../../src/samplers/incremental/bytes-per-picture.ts";
import { pinnedPasses } from "../../support/cached-passes.ts";
import { randomWeights } from "../../support/random-model.ts";

/** 512 · 512 positions of 256 keys, which are values too: 256 MiB a picture and little more. */
const net = new NetworkBuilder({ height: 512, width: 512, channels: 1, levels: 2 }, 0);
const kept = net.convolution("kept", net.input(), { channels: 256, taps: maskedKernel(3, "A", 1) });
const network = defineNetwork(net.logits(net.attention("looked", 1, kept, kept, kept), pointwise(1)));
const model = randomWeights(network, 1);

it.each(Object.entries(pinnedPasses))("by the %s version", async (_, open) => {
  const attempt = open(model, 16, null);
  await expect(attempt).rejects.toThrow(OptionError);
  await expect(attempt).rejects.toThrow(
    /^expected a batch of at most 4,096 MiB of activations, got 16 pictures of 2[56]\d MiB each; draw fewer at once$/,
  );
});

it("and is known before anything is drawn", () => {
  const mib = bytesPerPicture(model) / 2 ** 20;
  expect(mib).toBeGreaterThan(256);
  expect(mib).toBeLessThan(270);
});
