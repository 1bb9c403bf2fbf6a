/**
 * The text of a config file: YAML where its name ends in .yaml or .yml, else JSON, and what editors make of it. Comments are allowed in
 * both, commas after the last of several, and a byte order mark, which Windows writes and which alone tells UTF-16 from UTF-8.
 */
import { extname } from "node:path";
import { excerpt } from "@pixelcnn/core";
import { CliError } from "../cli-error.ts";

/** @param path for messages. @throws {CliError} with line and column when it is neither. */
export async function parseConfig(bytes: Uint8Array, path: string): Promise<unknown> {
  const text = decodeText(bytes, path);
  const isYaml = [".yaml", ".yml"].includes(extname(path).toLowerCase());
  if (text.trim() === "") {
    const kind = isYaml ? "YAML" : "JSON";
    throw new CliError(`${path}: expected ${kind}, got an empty file; write settings into it`);
  }
  return isYaml ? parseAsYaml(text, path) : parseAsJson(text, path);
}

/** @param told what the parser says of it. @param place as {@link placeAt}. */
function refused(path: string, kind: "JSON" | "YAML", told: string, place: string, cause: unknown): CliError {
  return new CliError(`${path}: expected ${kind}, got text with a mistake${place}: ${told}; mend it`, {
    cause,
  });
}

async function parseAsYaml(text: string, path: string): Promise<unknown> {
  const { parseYAML } = await import("confbox/yaml");
  try {
    // Nothing that is told here needs an alias, and a few of them can stand for more than memory holds.
    return parseYAML(text, { maxAliases: 0 });
  } catch (cause) {
    const { reason, mark } = cause as { reason?: string; mark?: { line: number; column: number } };
    const place = mark ? placeAt(mark.line + 1, mark.column + 1) : "";
    throw refused(path, "YAML", excerpt(reason ?? "no YAML"), place, cause);
  }
}

type Parse = (text: string) => unknown;

async function parseAsJson(text: string, path: string): Promise<unknown> {
  const { parseJSONC } = await import("confbox/jsonc");
  const parse: Parse = (part) => parseJSONC(part, { allowTrailingComma: true });
  try {
    return parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    // The newer engines say the place themselves, each in its own words.
    const told = excerpt(message.replace(/ at position .*$/s, ""));
    throw refused(path, "JSON", told, await placeInJson(text, message, parse), cause);
  }
}

/** Where the first mistake is, by what the engine says of it or, where that is no place, by where JSON5 stumbles. */
async function placeInJson(text: string, message: string, parse: Parse): Promise<string> {
  const offset = Number(/ at position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (offset <= text.length) return placeOf(text, offset);
  const { parseJSON5 } = await import("confbox/json5");
  try {
    parseJSON5(text);
  } catch (error) {
    const { lineNumber = 1, columnNumber = 1 } = error as { lineNumber?: number; columnNumber?: number };
    return placeAt(lineNumber, columnNumber);
  }
  return placeOfToken(text, /^Unexpected token '(.)'/s.exec(message)?.[1] ?? "", parse);
}

/** Values that only JSON5 takes, 'text' or .5: the first one that ends what was read until there in the same way. */
function placeOfToken(text: string, token: string, parse: Parse): string {
  for (const { index } of text.matchAll(/(?<=[:[,]\s*)[^\s[{"]/g)) {
    if (text[index] !== token) continue;
    try {
      parse(text.slice(0, index + 1));
    } catch (error) {
      if ((error as Error).message.startsWith(`Unexpected token '${token}'`)) return placeOf(text, index);
    }
  }
  return "";
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n");
  return placeAt(lines.length, lines.at(-1)!.length + 1);
}

/** As people count. */
function placeAt(line: number, column: number): string {
  return ` (line ${line}, column ${column})`;
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
