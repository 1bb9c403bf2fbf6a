import type { Client } from "@pixelcnn/pjrt";
import { precisionsOf } from "@pixelcnn/xla";
import type { TrainingLimits } from "../engine.ts";

/** What a client's compiled steps can be asked for. */
export function limitsOf({ devices, platform }: Client): TrainingLimits {
  return { devices: devices.length, precisions: precisionsOf(platform) };
}
