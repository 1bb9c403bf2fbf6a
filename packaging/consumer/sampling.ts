// Every entry that brings no TensorFlow.js, under the strictest checks and without skipLibCheck.
import { decodeModelFile, type Frame, type Model, sample } from "@pixelcnn/core";
import { type Dataset, glyphsDataset } from "@pixelcnn/core/data";
import { bestVariant, scalarSampler, simdSampler } from "@pixelcnn/core/incremental";
import { shaderSampler } from "@pixelcnn/core/shader";
import { drawSheet, encodePng } from "@pixelcnn/pictures";
import { listRuns, readRun } from "@pixelcnn/runs";

export async function sheet(bytes: Uint8Array): Promise<Uint8Array> {
  const model: Model = decodeModelFile(bytes).model;
  const variant = bestVariant();
  const sampler = variant === null ? scalarSampler : simdSampler(variant);
  let last: Frame | undefined;
  for await (const frame of sample(model, { count: 4, sampler })) last = frame;
  return encodePng(
    drawSheet(last?.pixels ?? new Uint8Array(), model.network.picture, { columns: 2, scale: 2 }),
  );
}

export const others = { glyphsDataset, listRuns, readRun, shaderSampler };
export type Set = Dataset;
