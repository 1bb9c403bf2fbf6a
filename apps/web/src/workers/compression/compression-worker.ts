/** The page's one compression worker. */
import type { PictureShape } from "@pixelcnn/core";
import { proxy, type Remote, transfer } from "comlink";
import { type ModelSource, ModelWorker } from "../model-worker.ts";
import type { Compressed, StoredPicture } from "./compressed.ts";
import type { CompressionEngine } from "./compression-engine.ts";

const worker = new ModelWorker<CompressionEngine, void>({
  open: () => new Worker(new URL("./compression.worker.ts", import.meta.url), { type: "module" }),
  load: (engine, id, bytes) => engine.load(id, transfer(bytes, [bytes])),
  endMessage: (cause) => `The compression worker stopped: ${cause}. Choose the picture again.`,
});

/** @param onProgress told the share that is done. @throws what core says of a bad file, or the network of a missing one. */
export function compressPicture(
  entry: ModelSource,
  picture: StoredPicture,
  label: number | null,
  onProgress: (share: number) => void,
): Promise<Compressed> {
  return ask(entry, (engine) => engine.compress(entry.id, picture, label, proxy(onProgress)));
}

/** All pictures of a .pxc file. @throws what core says of one that is not sound, or not of this model. */
export function decompressPictures(
  entry: ModelSource,
  file: Uint8Array,
  onProgress: (share: number) => void,
): Promise<StoredPicture[]> {
  return ask(entry, (engine) => engine.decompress(entry.id, file, proxy(onProgress)));
}

/** The digest of a model, eight bytes in hex. */
export function digestOf(entry: ModelSource): Promise<string> {
  return ask(entry, (engine) => engine.digest(entry.id));
}

/** The digest of the model that compressed a .pxc file. @throws what core says of one that is not sound. */
export function makerOf(file: Uint8Array): Promise<string> {
  return worker.ask((engine) => engine.makerOf(file));
}

/** Which of the shapes lose nothing of the picture, whatever their size. */
export function shapesKeeping(picture: StoredPicture, shapes: readonly PictureShape[]): Promise<boolean[]> {
  return worker.ask((engine) => engine.keeping(picture, shapes));
}

/** Ends whatever it does: it does one thing at a time, and hears nothing while it does. */
export function stopCompression(): void {
  worker.stop();
}

function ask<T>(entry: ModelSource, question: (engine: Remote<CompressionEngine>) => Promise<T>): Promise<T> {
  const loaded = worker.loadModel(entry);
  return worker.ask((engine) => loaded.then(() => question(engine)));
}
