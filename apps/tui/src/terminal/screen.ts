/** The terminal's second screen, taken at the start and given back however the program ends. */

const ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H";
const LEAVE = "\x1b[0m\x1b[?2026l\x1b[?25h\x1b[?1049l";
export const CLEAR = "\x1b[2J\x1b[H";

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** @returns what gives the screen back; it is also done when the process ends by a signal or an error. */
export function takeScreen(stream: NodeJS.WriteStream): () => void {
  let taken = true;
  const giveBack = () => {
    if (!taken) return;
    taken = false;
    stream.write(LEAVE);
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
  };
  // Keys that are pressed before anybody listens are kept and not written on the screen.
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  stream.write(ENTER);
  process.once("exit", giveBack);
  for (const [name, number] of Object.entries(SIGNALS)) process.on(name, () => process.exit(128 + number));
  const fail = (error: unknown) => {
    giveBack();
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  return giveBack;
}
