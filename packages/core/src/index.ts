// @pixelcnn/core: networks as data, what can be proved of them, and pictures drawn from them. Nothing here needs TensorFlow.js.

export { NetworkError, OptionError, PixelCnnError, ShapeError } from "./errors.ts";
export { incrementalReader } from "./incremental/reader.ts";
export { drawLevel } from "./likelihood/draw.ts";
export { type LikelihoodKind, likelihoodOf } from "./likelihood/kind.ts";
export type { Likelihood } from "./likelihood/likelihood.ts";
export { logProbability } from "./likelihood/log-probability.ts";
export { LogitsError } from "./likelihood/logits-error.ts";
export { bitsPerDim } from "./likelihood/units.ts";
export type { Provenance } from "./model-file/description.ts";
export { decodeModelFile, encodeModelFile, type ModelFile } from "./model-file/model-file.ts";
export { ModelFileError } from "./model-file/model-file-error.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
  type Safetensors,
} from "./model-file/safetensors.ts";
export { buildModel, type ModelName, models } from "./models/build-model.ts";
export { type GatedOptions, gated } from "./models/gated.ts";
export { naive } from "./models/naive.ts";
export type { ModelOptions } from "./models/options.ts";
export { pixelcnn } from "./models/pixelcnn.ts";
export { NetworkBuilder } from "./network/builder.ts";
export { CausalityError, checkCausality, isEarlier } from "./network/causality.ts";
export { defineNetwork } from "./network/define-network.ts";
export {
  type ChannelRange,
  type ConvolutionNode,
  channelCount,
  dimensions,
  type GroupPair,
  logitsPerChannel,
  type Network,
  type NetworkNode,
  type PictureShape,
  type Tap,
} from "./network/graph.ts";
export { splitChannels } from "./network/groups.ts";
export { defineModel, type Model } from "./network/model.ts";
export { type Offset, OffsetSet } from "./network/offsets.ts";
export { allowedWeights, countWeights, type Parameter, parametersOf } from "./network/parameters.ts";
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
  checkSeed,
  MAX_SEED,
  type NoiseAddress,
  Purpose,
  SeedError,
  uniform,
  uniforms,
} from "./sampling/noise.ts";
export { philox4x32 } from "./sampling/philox.ts";
export { type PredictOptions, predict } from "./sampling/predict.ts";
export type { Drawing, DrawRequest, PositionReader, Reader } from "./sampling/reader.ts";
export { type Frame, type SampleOptions, sample } from "./sampling/sample.ts";
