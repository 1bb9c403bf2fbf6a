/**
 * The safetensors container: a JSON header that says where each tensor lies, then the tensors.
 *
 *     u64 little endian: n | n bytes of JSON | data
 *     header = { "__metadata__": { string: string }, name: { dtype, shape, data_offsets: [begin, end] }, ... }
 *
 * Reading is hostile-input code: every size is checked against the bytes that are really there before anything is
 * allocated. Tensors must lie one after another without gap or overlap, as the format demands, and every name is given once.
 */
import * as v from "valibot";
import { excerpt } from "../printable.ts";
import { fromFloat16 } from "./float16.ts";
import { ModelFileError } from "./model-file-error.ts";
import { parseStrictJson } from "./strict-json.ts";

/** How a number is stored: as float32, or in half the room as float16, which has 10 bits of fraction and ends at 65,504 (IEEE 754-2019). */
export type StoredType = "F32" | "F16";

/** Bytes of a stored number. */
export const storedBytes: Readonly<Record<StoredType, number>> = { F32: 4, F16: 2 };

/** A tensor of the container. Its name is its key in {@link Safetensors.tensors}. */
export interface NamedTensor {
  /** As float32 when there is none. */
  readonly stored?: StoredType;
  readonly shape: readonly number[];
  /** Row-major, as many as the shape's product. */
  readonly values: Float32Array;
}

/** What a safetensors file holds, for tensors of float32 and float16. */
export interface Safetensors {
  /** The `__metadata__` entry: strings to strings, whatever the application keeps in them. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, NamedTensor>;
}

/** Longest header: a hundred times that of a large model, and what it becomes in memory does not hurt. */
const MAX_HEADER_BYTES = 8 * 2 ** 20;
const MAX_TENSORS = 65_536;

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entrySchema = v.strictObject({
  dtype: v.string(),
  shape: v.pipe(v.array(natural), v.maxLength(8)),
  data_offsets: v.tuple([natural, natural]),
});
/** What the container keeps for itself among the names. */
export const METADATA = "__metadata__";

/** @throws {ModelFileError} when the bytes are no safetensors file, or one with other than float32 and float16 tensors. */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, dataStart } = readHeader(bytes, view);
  const dataLength = bytes.length - dataStart;
  const metadata = readMetadata(header.has(METADATA) ? header.get(METADATA) : {});
  header.delete(METADATA);
  const named = [...header];
  if (named.length > MAX_TENSORS) {
    throw new ModelFileError(
      `expected at most ${MAX_TENSORS} tensors, got ${named.length}; this is no model file`,
    );
  }
  const placed = named.map(([name, entry]) => {
    const what = `tensor "${excerpt(name)}"`;
    const { dtype, shape, data_offsets } = check(entrySchema, entry, what);
    if (dtype !== "F32" && dtype !== "F16") {
      throw new ModelFileError(
        `${what}: expected dtype F32 or F16, got "${excerpt(dtype)}"; save it as float32`,
      );
    }
    return { name, stored: dtype, shape, begin: data_offsets[0], end: data_offsets[1] } as const;
  });
  checkPlaces(placed, dataLength);
  const tensors = new Map<string, NamedTensor>();
  for (const { name, stored, shape, begin, end } of placed) {
    const size = storedBytes[stored];
    const values = new Float32Array((end - begin) / size);
    for (let i = 0; i < values.length; i++) values[i] = read[stored](view, dataStart + begin + size * i);
    tensors.set(name, { stored, shape, values });
  }
  return { metadata, tensors };
}

const read: Readonly<Record<StoredType, (view: DataView, at: number) => number>> = {
  F32: (view, at) => view.getFloat32(at, true),
  F16: (view, at) => fromFloat16(view.getUint16(at, true)),
};

/** Texts by names. Not by a schema, which would leave out some names, "constructor" for one. */
function readMetadata(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ModelFileError(
      `${METADATA}: expected an object of texts, got another value; the file is damaged`,
    );
  }
  const entries = Object.entries(value);
  const odd = entries.find(([, text]) => typeof text !== "string");
  if (odd !== undefined) {
    throw new ModelFileError(
      `${METADATA}: expected an object of texts, got another value at "${excerpt(odd[0])}"; no tensor can have this name`,
    );
  }
  return Object.fromEntries(entries);
}

function readHeader(bytes: Uint8Array, view: DataView) {
  if (bytes.length < 8) throw new ModelFileError(`expected a safetensors file, got ${bytes.length} bytes`);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER_BYTES, bytes.length - 8))) {
    throw new ModelFileError(
      `expected a header of at most ${Math.min(MAX_HEADER_BYTES, bytes.length - 8)} bytes, got one of ${length}; ` +
        "the file is cut or is no safetensors file",
    );
  }
  const dataStart = 8 + Number(length);
  const header = parseStrictJson(decodeText(bytes.subarray(8, dataStart)), "the header");
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw new ModelFileError("expected the header to be a JSON object; the file is damaged");
  }
  return { header: new Map<string, unknown>(Object.entries(header)), dataStart };
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ModelFileError("expected a header of UTF-8 text, got other bytes; the file is damaged", {
      cause,
    });
  }
}

interface Place {
  readonly name: string;
  readonly stored: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** Every tensor as long as its shape says, all of them together exactly the data. */
function checkPlaces(places: readonly Place[], dataLength: number): void {
  let at = 0;
  for (const { name, stored, shape, begin, end } of [...places].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    const bytes = shape.reduce((product, length) => product * length, storedBytes[stored]);
    if (begin !== at || end - begin !== bytes || bytes === 0) {
      throw new ModelFileError(
        `tensor "${excerpt(name)}": expected ${bytes} bytes [${shape}] from ${at} on, got ${begin} to ${end}; the file is damaged`,
      );
    }
    at = end;
  }
  if (at !== dataLength) {
    throw new ModelFileError(
      `expected ${at} bytes of tensors, got ${dataLength}; the file is cut or damaged`,
    );
  }
}

function check<S extends v.GenericSchema>(schema: S, value: unknown, what: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) throw new ModelFileError(`${what}: ${describeIssue(result.issues[0])}`);
  return result.output;
}

/** One line for the first thing that a schema did not like. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const where = path === null ? "" : `${excerpt(path)}: `;
  return `${where}expected ${expectedBy(issue)}, got ${receivedBy(issue)}; the file is forged or damaged`;
}

const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  finite: "a finite number",
  integer: "a whole number",
  number: "a number",
  record: "an object",
  safe_integer: "a whole number",
  strict_object: "an object",
  string: "text",
};

function expectedBy({ type, expected, message, requirement }: v.BaseIssue<unknown>): string {
  if (expected === "never") return "no key of this name";
  if (type === "check") return message;
  if (type === "min_value") return `at least ${requirement}`;
  if (type === "max_value") return `at most ${requirement}`;
  if (type === "min_length") return `a length of at least ${requirement}`;
  if (type === "max_length") return `a length of at most ${requirement}`;
  if (type === "strict_object" && expected !== "Object") return "a value";
  // Alternatives come as ("a" | "b").
  return kinds[type] ?? expected?.replace(/^\((.*)\)$/, "$1").replaceAll(" | ", " or ") ?? "another value";
}

function receivedBy({ expected, received }: v.BaseIssue<unknown>): string {
  if (expected === "never") return "one";
  return { undefined: "none", Object: "an object", Array: "a list" }[received] ?? excerpt(received);
}
