/**
 * Training as TensorFlow graphs, and taps as its convolutions know them.
 *
 * @module @pixelcnn/tensorflow
 */

export { TensorflowError } from "./errors.ts";
export { boxOf, isInOrder, marginsOf, readOf, type TapBox, tapOfCells } from "./tap-box.ts";
export { TensorflowEngine } from "./tensorflow-engine.ts";
