import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelFile } from "@pixelcnn/core";
import { DataError, type Preparation } from "@pixelcnn/core/data";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { datasetOfModel, preparedAs } from "../../src/evaluation/dataset-of-model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();

/** Eleven lines of binary pictures of 28×28 in each of the three files, in a folder that is found as binarised MNIST. */
function writeBinarizedMnist(): void {
  mkdirSync(join(folder, "binarized_mnist"));
  const line = Array.from({ length: 28 * 28 }, (_, i) => i % 2).join(" ");
  for (const part of ["train", "valid", "test"])
    writeFileSync(join(folder, "binarized_mnist", `binarized_mnist_${part}.amat`), `${line}\n`.repeat(11));
}
writeBinarizedMnist();

/** What matters of a model file here. */
function model(preparation: Preparation, picture = { height: 28, width: 28, channels: 1 }): ModelFile {
  return {
    model: { network: { picture: { ...picture, levels: preparation.levels }, classes: 0 } },
    preparation,
    provenance: { dataset: "mnist" },
  } as unknown as ModelFile;
}

function prepared(
  preparation: Preparation,
  dataset: string,
  picture?: { height: number; width: number; channels: number },
) {
  return datasetOfModel(model(preparation, picture), { dataset, dataDir: folder, quiet: true });
}

describe("a set whose levels are not the model's", () => {
  it.each([
    [256, "binarized-mnist has 2 levels, too few for a model of 256; choose 2, or another set"],
    [4, "binarized-mnist has 2 levels, too few for a model of 4; choose 2, or another set"],
  ])("is refused: binary pictures for %i levels", async (levels, message) => {
    const refused = prepared({ levels, binarise: null }, "binarized-mnist");
    await expect(refused).rejects.toThrow(DataError);
    await expect(refused).rejects.toThrow(message);
  });

  it("is refused: bytes for a model of pictures that are binary as stored", async () => {
    await expect(prepared({ levels: 2, binarise: "fixed" }, "glyphs")).rejects.toThrow(
      "the model takes pictures that are binary as stored, but glyphs has 256 levels; choose a binary set",
    );
  });

  it("is refused where size or colour differ", async () => {
    const tall = { height: 30, width: 28, channels: 1 };
    await expect(prepared({ levels: 2, binarise: "fixed" }, "binarized-mnist", tall)).rejects.toThrow(
      "the model takes 30×28 pictures",
    );
    await expect(prepared({ levels: 4, binarise: null }, "colour-glyphs")).rejects.toThrow(
      "colour-glyphs has 28×28 of 3",
    );
  });
});

it("binary pictures stay as stored for a model that knew them drawn, and are called so", async () => {
  const dynamic = { levels: 2, binarise: "dynamic" } as const;
  expect(preparedAs(dynamic, await prepared(dynamic, "binarized-mnist"))).toBe("fixed");
  expect(preparedAs(dynamic, await prepared(dynamic, "glyphs"))).toBe("dynamic");
  expect(
    preparedAs({ levels: 4, binarise: null }, await prepared({ levels: 4, binarise: null }, "glyphs")),
  ).toBeNull();
});

it("glyphs and folders of pictures come in the model's size and colours", async () => {
  const picture = { height: 6, width: 10, channels: 1 };
  const four = { levels: 4, binarise: null };
  expect(await prepared(four, "glyphs", picture)).toMatchObject({ height: 6, width: 10 });
  const images = join(folder, "pictures");
  mkdirSync(images);
  for (let n = 0; n < 10; n++) {
    const background = { r: n, g: 100, b: 200 };
    await sharp({ create: { width: 9, height: 9, channels: 3, background } }).toFile(
      join(images, `${n}.png`),
    );
  }
  expect(await prepared(four, images, picture)).toMatchObject({ height: 6, width: 10, channels: 1 });
  expect(await prepared(four, `folder:${images}`, { ...picture, channels: 3 })).toMatchObject({
    channels: 3,
  });
});
