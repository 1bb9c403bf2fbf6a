/** Keys as they are pressed. Node takes the bytes of a raw terminal apart, also where several keys come in one piece. */
import { emitKeypressEvents, type Interface, type Key } from "node:readline";
import { PassThrough } from "node:stream";
import { keyName } from "../app/key-names.ts";
import { AnswerFilter } from "./answers.ts";

/** A lone escape is the escape key when nothing follows it for so long. */
const ESCAPE_MS = 50;
/** So long the rest of an answer is waited for. */
const ANSWER_MS = 200;

/** @param onAnswer told what the terminal answers, in between. @returns what ends it. */
export function listenToKeys(
  stdin: NodeJS.ReadStream,
  onKey: (name: string) => void,
  onAnswer: (answer: string) => void,
): () => void {
  const keys = new PassThrough();
  const filter = new AnswerFilter();
  let waiting: NodeJS.Timeout | undefined;
  // Of its second argument only this setting is read.
  emitKeypressEvents(keys, { escapeCodeTimeout: ESCAPE_MS } as unknown as Interface);
  const press = (text: string) => {
    if (text !== "") keys.write(Buffer.from(text, "latin1"));
  };
  const take = (chunk: Buffer) => {
    clearTimeout(waiting);
    const { keys: pressed, answers } = filter.take(chunk.toString("latin1"));
    press(pressed);
    for (const answer of answers) onAnswer(answer);
    if (filter.isHolding) waiting = setTimeout(() => press(filter.release()), ANSWER_MS);
  };
  keys.on("keypress", (character: string | undefined, key: Key) => {
    const name = keyName(character, key);
    if (name !== null) onKey(name);
  });
  stdin.on("data", take);
  stdin.resume();
  return () => {
    clearTimeout(waiting);
    stdin.off("data", take);
    stdin.pause();
  };
}
