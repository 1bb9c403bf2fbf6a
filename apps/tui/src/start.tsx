/** Puts the parts together: state, thread, watcher, and the screen that shows them. */
import { render } from "ink";
import { useSyncExternalStore } from "react";
import { Clock } from "./app/clock.ts";
import { perform } from "./app/effects.ts";
import { initialState, type Start } from "./app/state.ts";
import { Store } from "./app/store.ts";
import { DeviceWatcher } from "./devices/device-watcher.ts";
import { GraphicsAnswers, QUESTION } from "./graphics/ask.ts";
import { PictureLayer } from "./graphics/picture-layer.ts";
import { placedSamples } from "./graphics/placed-samples.ts";
import { RunWatcher } from "./runs/run-watcher.ts";
import { BesideThreads } from "./sampling/beside-threads.ts";
import type { SamplingThread } from "./sampling/sampling-thread.ts";
import { isWorthAsking } from "./terminal/capabilities.ts";
import { listenToKeys } from "./terminal/keyboard.ts";
import { CLEAR, type Screen as TakenScreen } from "./terminal/screen.ts";
import { App } from "./views/app.tsx";

/** Frames per second while nobody presses a key. */
const FRAMES_PER_SECOND = 15;
const TICK_MS = 1000 / FRAMES_PER_SECOND;
/** So that the answer to a key does not wait for the frame after the next. */
const MAX_FPS = 60;

export interface StartOptions extends Omit<Start, "size"> {
  readonly modelsRoot: string;
  readonly folder: string;
  readonly thread: SamplingThread;
  readonly stdout: NodeJS.WriteStream;
  readonly screen: TakenScreen;
}

/** Runs until somebody quits. */
export async function start(options: StartOptions): Promise<void> {
  const { thread, stdout, screen, folder, modelsRoot, runsRoot } = options;
  const sizeNow = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  let watcher: RunWatcher | null = null;
  let devices: DeviceWatcher | null = null;
  let layer: PictureLayer | null = null;
  const clearLayer = () => layer?.forget();
  const closeWatchers = () => {
    watcher?.close();
    devices?.close();
  };
  const beside = new BesideThreads(
    (index, action) => store.dispatch({ type: "beside", index, action }),
    (text) => store.dispatch({ type: "message", text }),
  );
  const clock = new Clock(
    TICK_MS,
    (ms) => {
      store.dispatch({ type: "tick", ms });
      layer?.show(placedSamples(store.state()));
    },
    () => {
      const { view, sample } = store.state();
      return view !== "sample" || !sample.playing;
    },
  );
  const store: Store = new Store(
    initialState({ ...options, size: sizeNow() }),
    (effect, state) => {
      const { dispatch } = store;
      const { suspend } = screen;
      const quit = () => ink.unmount();
      const relist = () => watcher?.relist();
      perform(effect, state, { modelsRoot, runsRoot, folder, thread, dispatch, relist, quit, suspend });
    },
    (state) => {
      clock.wake();
      // Nothing is drawn that nobody sees: the processor is for the trainings then.
      const isShown = state.view === "sample";
      thread.sync({ ...state.sample, playing: state.sample.playing && isShown });
      beside.sync(state.beside, isShown);
      // Runs are read from the first look at them on.
      if (state.view !== "sample") watcher ??= new RunWatcher(runsRoot, store.dispatch);
      // Before the frame that belongs to it, which may be written at any time from now on.
      layer?.prepare(placedSamples(state));
      watcher?.sync(state.runs);
      if (state.view === "devices") devices ??= new DeviceWatcher(store.dispatch);
      devices?.sync(state.view === "devices");
    },
  );
  thread.listen({
    dispatch: store.dispatch,
    onPicture: (report) =>
      store.dispatch(
        report.type === "picture"
          ? { type: "picture-read", known: report.known }
          : { type: "message", text: report.message },
      ),
    onRestart: (text) => store.dispatch({ type: "message", text }),
  });
  const ink = render(<Screen store={store} />, {
    stdout,
    maxFps: MAX_FPS,
    incrementalRendering: true,
    exitOnCtrlC: false,
  });
  const drawAnew = () => {
    clearLayer();
    stdout.write(CLEAR);
    ink.clear();
    store.dispatch({ type: "resize", size: sizeNow() });
  };
  stdout.on("resize", drawAnew);
  screen.onReturn = drawAnew;
  const answers = new GraphicsAnswers();
  const stopListening = listenToKeys(
    process.stdin,
    (key) => store.dispatch({ type: "key", key }),
    (answer) => {
      const graphics = answers.take(answer);
      if (graphics === null || graphics === "none" || layer !== null) return;
      layer = new PictureLayer((text) => stdout.write(text), graphics);
      clock.wake();
      store.dispatch({ type: "graphics", graphics });
    },
  );
  if (isWorthAsking(process.env, options.capabilities)) stdout.write(QUESTION);
  store.dispatch({ type: "resize", size: sizeNow() });
  await ink.waitUntilExit();
  store.close();
  stopListening();
  clearLayer();
  clock.close();
  closeWatchers();
  await Promise.all([thread.close(), beside.close()]);
}

function Screen({ store }: { readonly store: Store }) {
  const state = useSyncExternalStore(store.subscribe, store.state);
  return <App state={state} />;
}
