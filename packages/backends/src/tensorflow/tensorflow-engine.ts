import type { Model } from "@pixelcnn/core";
import type { EngineOptions, TrainingEngine } from "@pixelcnn/core/training";
import { TensorflowEngine, TensorflowError } from "@pixelcnn/tensorflow";
import { BackendError } from "../backend-error.ts";
import { tensorflowLibrary } from "./start-tensorflow.ts";

/**
 * Training by whole graphs, on the TensorFlow that has been started.
 * @throws {BackendError} when its C interface cannot be loaded
 */
export async function startTensorflowEngine(model: Model, options: EngineOptions): Promise<TrainingEngine> {
  try {
    return TensorflowEngine.start(tensorflowLibrary(), model, options);
  } catch (error) {
    if (!(error instanceof TensorflowError)) throw error;
    throw new BackendError(error.message, { cause: error });
  }
}
