/** The tensor reader: everything that needs TensorFlow.js. Register a backend first. */
export { fixedPointReader } from "./fixed-point-reader.ts";
export { type ForwardOptions, forward, type ParameterTensors, type TrainingPass } from "./forward.ts";
export { naiveReader } from "./naive-reader.ts";
export { negativeLogLikelihood } from "./negative-log-likelihood.ts";
export { type TapLayout, tapConvolution } from "./tap-convolution.ts";
export { disposeParameters, oneHotLabels, uploadParameters } from "./upload.ts";
