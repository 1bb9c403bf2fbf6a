/**
 * Data sets of pictures in memory, by drawing them or by reading known formats, and what prepares them.
 *
 * @module @pixelcnn/core/data
 */

export { colourText, inFrontOf, nearestLevel, type Palette, type PaletteColour } from "../palette.ts";
export { type AmatPictures, parseAmat } from "./amat.ts";
export { amatDataset } from "./amat-dataset.ts";
export {
  BINARISE_KINDS,
  type BinariseKind,
  type BinariseOptions,
  binarise,
  checkBinarise,
} from "./binarise.ts";
export { type CifarBatch, cifarClassNames, cifarDataset, parseCifarBatch } from "./cifar.ts";
export { DataError } from "./data-error.ts";
export { type Dataset, type LevelArray, pictureOf, type Split } from "./dataset.ts";
export { exactLevels, levelToStored, storedValues } from "./exact-levels.ts";
export { type GifBlock, gifBlocks, gifTable, hasOwnTable } from "./gif-blocks.ts";
export { type GlyphsOptions, glyphsDataset } from "./glyphs/glyphs-dataset.ts";
export { type IdxLabels, type IdxPictures, parseIdxLabels, parseIdxPictures } from "./idx.ts";
export { type IdxFiles, idxDataset } from "./idx-dataset.ts";
export { byteToLevel, levelToByte } from "./level-bytes.ts";
export { encodeNpy, type NpyArray, parseNpy } from "./npy.ts";
export { type PictureFile, readPictureFile } from "./picture-file.ts";
export {
  type Pictures,
  type PicturesDatasetOptions,
  picturesDataset,
} from "./pictures-dataset.ts";
export {
  type Batch,
  checkPreparation,
  cutBatch,
  type Preparation,
  type PreparationNoise,
  pictureReader,
  preparationFor,
  readBatch,
  viewBatch,
} from "./preparation.ts";
export { checkLevels, quantise } from "./quantise.ts";
export { SPRITE_PALETTE } from "./sprites/sprite-palette.ts";
export { spritesDataset } from "./sprites/sprites-dataset.ts";
export { storedSplit } from "./stored-split.ts";
export { limitSplit, withEveryNthForValidation } from "./subsets.ts";
