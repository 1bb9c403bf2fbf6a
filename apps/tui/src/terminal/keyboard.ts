/** Keys as they are pressed. Node takes the bytes of a raw terminal apart, also where several keys come in one piece. */
import { emitKeypressEvents, type Interface, type Key } from "node:readline";
import { keyName } from "../app/key-names.ts";

/** A lone escape is the escape key when nothing follows it for so long. */
const ESCAPE_MS = 50;

/** @returns what ends it. */
export function listenToKeys(stdin: NodeJS.ReadStream, onKey: (name: string) => void): () => void {
  // Of its second argument only this setting is read.
  emitKeypressEvents(stdin, { escapeCodeTimeout: ESCAPE_MS } as unknown as Interface);
  const listen = (character: string | undefined, key: Key) => {
    const name = keyName(character, key);
    if (name !== null) onKey(name);
  };
  stdin.on("keypress", listen);
  stdin.resume();
  return () => {
    stdin.off("keypress", listen);
    stdin.pause();
  };
}
