// @pixelcnn/tensorflow: training as TensorFlow graphs.

export { TensorflowError } from "./errors.ts";
export { TensorflowEngine } from "./tensorflow-engine.ts";
