// The entries that use TensorFlow.js.
import { buildPreset } from "@pixelcnn/core";
import { naiveSampler } from "@pixelcnn/core/tensors";
import { initialise, Trainer, train } from "@pixelcnn/core/training";
import { registerTrainingKernels } from "@pixelcnn/wasm-training";

export const all = { buildPreset, initialise, naiveSampler, registerTrainingKernels, Trainer, train };
