/**
 * What a file says of the model that made it: the beginning of a SHA-256 over everything that decides a bit of what the model
 * computes. Where it comes from, how its levels were made of pictures and which colours they show decide none, so they may be mended later.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Model } from "../network/model.ts";
import { oncePer } from "../network/once-per.ts";
import { parametersOf } from "../network/parameters.ts";

/** Enough to tell models apart; whoever wants to forge one gains nothing by it. */
export const DIGEST_BYTES = 8;

/**
 * The digest of a model, eight bytes: of its description as JSON (keys in the order of their code units, no blanks), a byte 0,
 * and its parameters in the order of the graph, float32 little endian.
 */
export const modelDigest = oncePer(({ network, weights }: Model): Uint8Array => {
  const { palette: _, ...picture } = network.picture;
  const hash = sha256.create();
  hash.update(new TextEncoder().encode(`${canonicalJson({ likelihood: null, ...network, picture })}\0`));
  for (const { name } of parametersOf(network)) hash.update(littleEndian(weights.get(name)!));
  return hash.digest().subarray(0, DIGEST_BYTES);
});

/** A digest as messages and pages show it. */
export function digestText(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true);
  return bytes;
}
