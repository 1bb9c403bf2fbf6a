/** Teach, pause, go on, forget: what the buttons do, and what comes back from the worker. */
import { fetchFromSite } from "../../site/fetch-from-site.ts";
import { TeachingWorker } from "../../workers/teaching/teaching-worker.ts";
import { lessonOf, NOTHING_LEARNT, takeProgress, takeSheet, useTeaching } from "./teaching-store.ts";

let worker: TeachingWorker | null = null;

const listener = {
  progress: takeProgress,
  sheet: takeSheet,
  trouble(message: string): void {
    worker?.end();
    worker = null;
    useTeaching.setState({ ...NOTHING_LEARNT, trouble: message });
  },
};

/** Begins anew with what is drawn. */
export async function teach(): Promise<void> {
  forget();
  useTeaching.setState({ status: "starting" });
  const { start, seed } = useTeaching.getState();
  try {
    const learned = start === "nothing" ? null : await glyphs();
    if (useTeaching.getState().status !== "starting") return;
    worker = new TeachingWorker(listener);
    await worker.engine.begin({ ...lessonOf(useTeaching.getState()), seed, learned });
    useTeaching.setState(({ status }) => (status === "starting" ? { status: "learning" } : {}));
  } catch (error) {
    listener.trouble((error as Error).message);
  }
}

/** Stops after the step that is under way. */
export async function pause(): Promise<void> {
  await worker?.engine.pause();
  useTeaching.setState(({ status }) => (status === "learning" ? { status: "paused" } : {}));
}

/** Goes on, with what is drawn by now. */
export async function goOn(): Promise<void> {
  useTeaching.setState({ status: "learning" });
  await worker?.engine.goOn(lessonOf(useTeaching.getState()));
}

/** Everything that was learnt is gone; the drawings stay. */
export function forget(): void {
  worker?.end();
  worker = null;
  useTeaching.setState(NOTHING_LEARNT);
}

/** The model file as it is now. */
export async function modelFile(): Promise<Uint8Array<ArrayBuffer>> {
  if (worker === null) throw new Error("nothing was taught yet");
  return await worker.engine.file();
}

/** What is changed while it learns is learnt from the next step on. */
useTeaching.subscribe((state, before) => {
  const { drawings, varied, slower, status } = state;
  if (
    status !== "learning" ||
    (drawings === before.drawings && varied === before.varied && slower === before.slower)
  )
    return;
  const lesson = lessonOf(state);
  if (lesson.shown.length > 0) void worker?.engine.change(lesson);
});

async function glyphs(): Promise<ArrayBuffer> {
  return (await fetchFromSite("models/glyphs.safetensors")).arrayBuffer();
}
