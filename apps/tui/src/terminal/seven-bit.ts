/** Everything that this app shows in characters of 7 bits, width for width, for terminals without others. */

const SHOWN = "·×…─│└▸●○▶⏸↑↓←→█▓▒░▀▄‹›–é▲▼▏▁▂▃▅▆▇";
const INSTEAD = '-x~-|+>*o>=^v<>#%+."_<>-e^v|__--==';

export function sevenBit(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => {
    const dots = character.codePointAt(0)! - 0x2800;
    if (dots >= 0 && dots < 256) return dots === 0 ? " " : "*";
    return INSTEAD[SHOWN.indexOf(character)] ?? "?";
  });
}

/** A stream that says everything in 7 bits to another one. */
export function sevenBitStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stream, {
    get(target, property) {
      const value = Reflect.get(target, property, target) as unknown;
      if (property === "write") {
        return (chunk: unknown, ...rest: unknown[]) =>
          Reflect.apply(target.write, target, [typeof chunk === "string" ? sevenBit(chunk) : chunk, ...rest]);
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
