/** The tensor sampler: everything that needs TensorFlow.js. Register a backend first. */
export { fixedPointSampler } from "./fixed-point-sampler.ts";
export { type ForwardOptions, forward, type ParameterTensors, type TrainingPass } from "./forward.ts";
export { naiveSampler } from "./naive-sampler.ts";
export { negativeLogLikelihood } from "./negative-log-likelihood.ts";
export { type TapLayout, tapConvolution } from "./tap-convolution.ts";
export { disposeParameters, oneHotLabels, uploadParameters } from "./upload.ts";
