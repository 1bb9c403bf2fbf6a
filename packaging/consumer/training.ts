// The entries that use TensorFlow.js.
import { buildModel } from "@pixelcnn/core";
import { naiveReader } from "@pixelcnn/core/tensors";
import { initialise, Trainer, train } from "@pixelcnn/core/training";
import { registerTrainingKernels } from "@pixelcnn/wasm-training";

export const all = { buildModel, initialise, naiveReader, registerTrainingKernels, Trainer, train };
