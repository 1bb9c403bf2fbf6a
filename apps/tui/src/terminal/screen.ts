/** The terminal's second screen, taken at the start and given back however the app ends. */

const ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H";
const LEAVE = "\x1b[0m\x1b[?2026l\x1b[?25h\x1b[?1049l";
export const CLEAR = "\x1b[2J\x1b[H";

/** By then a process that is to be stopped is; the clock goes on when it does. */
const STOPPED_MS = 50;

/** Windows has no signal for it, and Node throws where it is sent one. */
const canStop = process.platform !== "win32";

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** A screen that was taken. */
export interface Screen {
  /** Also done when the process ends by a signal or an error. */
  readonly giveBack: () => void;
  /** Gives the screen back and stops this process and those that it was started by, as Ctrl-Z does where keys are not read raw. */
  readonly suspend: () => void;
  /** Is told when the screen was taken again, and is empty. */
  onReturn: () => void;
}

export function takeScreen(stream: NodeJS.WriteStream): Screen {
  let taken = false;
  const take = () => {
    // Keys that are pressed before anybody listens are kept and not written on the screen. A shell may have set another mode
    // since, and Node does nothing where it believes that the mode is right.
    if (process.stdin.isTTY) process.stdin.setRawMode(false).setRawMode(true);
    if (taken) return;
    taken = true;
    stream.write(ENTER);
  };
  const giveBack = () => {
    if (!taken) return;
    taken = false;
    stream.write(LEAVE);
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
  };
  const screen: Screen = {
    giveBack,
    suspend: () => {
      if (canStop) process.kill(0, "SIGTSTP");
    },
    onReturn: () => {},
  };
  take();
  process.once("exit", giveBack);
  for (const [name, number] of Object.entries(SIGNALS)) process.on(name, () => process.exit(128 + number));
  stopOnRequest(screen, take);
  const fail = (error: unknown) => {
    giveBack();
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  return screen;
}

function stopOnRequest(screen: Screen, take: () => void): void {
  if (!canStop) return;
  const goOn = () => {
    take();
    screen.onReturn();
  };
  const stop = () => {
    screen.giveBack();
    // Without a listener the system stops the process; or it does not, where no shell is there to let it go on.
    process.off("SIGTSTP", stop);
    process.kill(process.pid, "SIGTSTP");
    setTimeout(() => {
      process.on("SIGTSTP", stop);
      goOn();
    }, STOPPED_MS);
  };
  process.on("SIGTSTP", stop);
  // After SIGSTOP, of which nobody is told, the screen may be anything.
  process.on("SIGCONT", goOn);
}
