/**
 * Networks as data, what can be proved of them, and pictures drawn from them. Nothing here needs TensorFlow.js.
 *
 * @module @pixelcnn/core
 */

export { PINNED_ARITHMETIC } from "./arithmetic/pinned-arithmetic.ts";
export { checkCount } from "./check-count.ts";
export { checkPictures } from "./check-pictures.ts";
export { cheapestLabels } from "./compression/cheapest-labels.ts";
export { type CompressionOptions, compress, decompress } from "./compression/compress.ts";
export { CompressionError } from "./compression/compression-error.ts";
export { crc32 } from "./compression/crc32.ts";
export { digestText, modelDigest } from "./compression/model-digest.ts";
export {
  type DecodedPxc,
  decodePxc,
  encodePxc,
  type PxcPictures,
  readPxcHeader,
} from "./compression/pxc-file.ts";
export type { PxcHeader, Stored } from "./compression/pxc-header.ts";
export { NetworkError, OptionError, PixelCnnError, ShapeError } from "./errors.ts";
export type { Likelihood, LikelihoodChoice, LikelihoodKind, ValueLogits } from "./likelihoods/likelihood.ts";
export {
  likelihoodOf,
  likelihoods,
  logitGroups,
  logitsPerPosition,
  logitsRead,
} from "./likelihoods/likelihoods.ts";
export { LogitsError } from "./likelihoods/logits-error.ts";
export type { MeanLikelihood } from "./likelihoods/mean-likelihood.ts";
export { PairedDifference } from "./likelihoods/paired-difference.ts";
export { StandardError } from "./likelihoods/standard-error.ts";
export type { Provenance } from "./model-file/description.ts";
export { encodeModelFile } from "./model-file/encode-model-file.ts";
export { encodeSafetensors } from "./model-file/encode-safetensors.ts";
export { decodeModelFile, type ModelFile } from "./model-file/model-file.ts";
export { ModelFileError } from "./model-file/model-file-error.ts";
export {
  decodeSafetensors,
  type NamedTensor,
  type Safetensors,
  type StoredType,
} from "./model-file/safetensors.ts";
export { NetworkBuilder } from "./network/builder.ts";
export { CausalityError, checkCausality, isEarlier } from "./network/causality.ts";
export { defineNetwork } from "./network/define-network.ts";
export {
  type ChannelRange,
  type ConvolutionNode,
  channelCount,
  type GroupPair,
  type Network,
  type NetworkNode,
  type Plane,
  type Tap,
} from "./network/graph.ts";
export { splitChannels } from "./network/groups.ts";
export { defineModel, type Model } from "./network/model.ts";
export { type Offset, OffsetSet } from "./network/offsets.ts";
export { PLANES } from "./network/operations/planes.ts";
export { countWeights, type Parameter, parametersOf } from "./network/parameters.ts";
export { type ReceptiveField, receptiveField } from "./network/receptive-field.ts";
export { type NodeSchedule, type Schedule, ScheduleError, scheduleOf } from "./network/schedule.ts";
export { type Sees, seesOf } from "./network/sees.ts";
export {
  allPairs,
  centrePairs,
  maskedKernel,
  pointwise,
  pointwiseAllGroups,
  rowLeft,
  rowsAbove,
  rowsUpTo,
} from "./network/taps.ts";
export { multiplyAdds } from "./network/work.ts";
export {
  checkPalette,
  colourKey,
  colourText,
  inFrontOf,
  levelsByColour,
  MOST_COLOURS,
  nearestLevel,
  type Palette,
  type PaletteColour,
} from "./palette.ts";
export {
  bitsPerDim,
  dimensions,
  isOrdered,
  type LevelArray,
  levelArray,
  type PictureShape,
} from "./picture.ts";
export { type AllPresetOptions, buildPreset, type PresetName, presets } from "./presets/build-preset.ts";
export { diagonalBilstm } from "./presets/diagonal-bilstm.ts";
export { type GatedOptions, gated } from "./presets/gated.ts";
export { type LocalOptions, local } from "./presets/local.ts";
export { naive } from "./presets/naive.ts";
export type { PresetOptions } from "./presets/options.ts";
export { pixelcnn } from "./presets/pixelcnn.ts";
export { type PixelCnnPlusPlusOptions, pixelcnnPlusPlus } from "./presets/pixelcnn-plus-plus.ts";
export { rowLstm } from "./presets/row-lstm.ts";
export { type SnailOptions, snail } from "./presets/snail.ts";
export { excerpt } from "./printable.ts";
export { writeDropoutMask } from "./random/dropout-mask.ts";
export {
  checkSeed,
  MAX_SEED,
  type NoiseAddress,
  Purpose,
  SeedError,
  uniform,
  uniforms,
} from "./random/noise.ts";
export { philox4x32 } from "./random/philox.ts";
export { incrementalSampler } from "./samplers/incremental/sampler.ts";
export type { Drawing, DrawRequest, PositionwisePass, Sampler } from "./samplers/sampler.ts";
export { type AttentionMap, PictureAttention } from "./sampling/picture-attention.ts";
export { type PredictOptions, predict } from "./sampling/predict.ts";
export { type Frame, type SampleOptions, sample } from "./sampling/sample.ts";
