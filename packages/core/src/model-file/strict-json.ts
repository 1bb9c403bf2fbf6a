/**
 * JSON from strangers. `JSON.parse` alone keeps one of two equal keys without a word and builds any depth it is told to, so
 * one pass over the text counts brackets and remembers keys first, and allocates nothing else.
 */
import { ModelFileError } from "./model-file-error.ts";

/** Deepest nesting; a description needs 8. */
const MAX_DEPTH = 32;

/**
 * @param what names the text in messages.
 * @throws {ModelFileError} when it is no JSON, is nested too deeply, or an object has two equal keys.
 */
export function parseStrictJson(text: string, what: string): unknown {
  checkNesting(text, what);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelFileError(`expected ${what} to be JSON, got something else; the file is damaged`, {
      cause,
    });
  }
}

/** Judges nothing but depth and keys: what is no JSON at all is left to the parser. */
function checkNesting(text: string, what: string): void {
  /** The keys of every open object, null for an array. */
  const open: (Set<string> | null)[] = [];
  let mayBeKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
      case 0x5b: // [
        open.push(text[at] === "{" ? new Set() : null);
        mayBeKey = text[at] === "{";
        if (open.length > MAX_DEPTH) {
          throw new ModelFileError(
            `expected ${what} to be nested at most ${MAX_DEPTH} deep, got more; the file is forged or damaged`,
          );
        }
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        mayBeKey = false;
        break;
      case 0x2c: // ,
        mayBeKey = open.at(-1) instanceof Set;
        break;
      case 0x22: {
        const end = endOfString(text, at);
        if (mayBeKey) addKey(open.at(-1)!, text.slice(at, end + 1), what);
        mayBeKey = false;
        at = end;
      }
    }
  }
}

/** Where the closing quote stands; the last character when there is none. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return Math.min(at, text.length - 1);
}

function addKey(keys: Set<string>, quoted: string, what: string): void {
  const key = quoted.includes("\\") ? unescaped(quoted) : quoted.slice(1, -1);
  if (keys.has(key)) {
    throw new ModelFileError(
      `expected ${what} to name everything once, got ${JSON.stringify(key.slice(0, 80))} twice; the file is forged or damaged`,
    );
  }
  keys.add(key);
}

/** "\u0061" and "a" are one key. */
function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
