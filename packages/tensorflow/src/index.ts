// @pixelcnn/tensorflow: training as TensorFlow graphs, and taps as its convolutions know them.

export { TensorflowError } from "./errors.ts";
export { boxOf, isInOrder, marginsOf, readOf, type TapBox, tapOfCells } from "./tap-box.ts";
export { TensorflowEngine } from "./tensorflow-engine.ts";
