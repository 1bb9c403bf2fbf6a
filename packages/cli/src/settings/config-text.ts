/**
 * The text of a config file: JSON, and what editors make of it. Comments are allowed, and a byte order mark, which Windows writes
 * and which alone tells UTF-16 from UTF-8.
 */
import { type ParseError, parse, stripComments } from "jsonc-parser";
import { CliError } from "../cli-error.ts";
import { cut } from "../output/shown.ts";

/** @param path for messages. @throws {CliError} with line and column when it is no JSON. */
export function parseConfig(bytes: Uint8Array, path: string): unknown {
  const text = decodeText(bytes, path);
  // Blanks in the place of comments: what follows them keeps its line and column.
  const json = stripComments(text, " ");
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new CliError(`${path}: expected JSON, got ${cut((cause as Error).message)}${placeIn(json)}`, {
      cause,
    });
  }
}

function decodeText(bytes: Uint8Array, path: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // told below
  }
  throw new CliError(
    `${path}: expected text in UTF-8, or in UTF-16 with a byte order mark, got other bytes; save it as UTF-8`,
  );
}

/** Where the first mistake is, as people count. */
function placeIn(json: string): string {
  const errors: ParseError[] = [];
  try {
    parse(json, errors, { disallowComments: true });
  } catch {
    return ""; // nested too deeply to be looked through
  }
  const [error] = errors;
  if (error === undefined) return "";
  const before = json.slice(0, error.offset).split("\n");
  return ` (line ${before.length}, column ${before.at(-1)!.length + 1})`;
}
