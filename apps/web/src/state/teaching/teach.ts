/** Teach, pause, go on, forget: what the buttons do, and what comes back from the worker. */
import { fetchFromSite } from "../../site/fetch-from-site.ts";
import { TeachingWorker } from "../../workers/teaching/teaching-worker.ts";
import { keepDrawings, keepLearning, kept, type Learnt, type Origin } from "./kept-teaching.ts";
import { lessonOf, NOTHING_LEARNT, takeProgress, takeSheet, useTeaching } from "./teaching-store.ts";

/** What was learnt is kept as often as that while it goes on. */
const KEEP_MS = 10_000;

let worker: TeachingWorker | null = null;
/** What the worker began with. */
let origin: Origin = { start: "nothing", seed: 1 };
/** Of an earlier visit, until the worker has it. */
let earlier: Learnt | null = null;
let keptAt = 0;

const listener = {
  progress: takeProgress,
  sheet(sheet: Parameters<typeof takeSheet>[0]): void {
    takeSheet(sheet);
    if (performance.now() - keptAt < KEEP_MS) return;
    keptAt = performance.now();
    void keep();
  },
  trouble(message: string): void {
    end();
    useTeaching.setState({ ...NOTHING_LEARNT, trouble: message });
  },
};

/** Begins anew with what is drawn. */
export async function teach(): Promise<void> {
  forget();
  useTeaching.setState({ status: "starting" });
  await goOn();
}

/** Stops after the step that is under way. */
export async function pause(): Promise<void> {
  await worker?.engine.pause();
  useTeaching.setState(({ status }) => (status === "learning" ? { status: "paused" } : {}));
  await keep();
}

/** Goes on, with what is drawn by now. */
export async function goOn(): Promise<void> {
  try {
    const ready = await revived();
    if (ready === null) return;
    await ready.engine.change(lessonOf(useTeaching.getState()));
    useTeaching.setState({ status: "learning" });
    await ready.engine.goOn();
  } catch (error) {
    listener.trouble((error as Error).message);
  }
}

/** Everything that was learnt is gone; the drawings stay. */
export function forget(): void {
  end();
  useTeaching.setState(NOTHING_LEARNT);
  void keepLearning(null);
}

/** The model file as it is now. */
export async function modelFile(): Promise<Uint8Array<ArrayBuffer>> {
  const ready = await revived();
  if (ready === null) throw new Error("it was forgotten");
  return await ready.engine.file();
}

/** Shows what an earlier visit left; a cell that is drawn in already stays as it is. */
export async function remember(): Promise<void> {
  const { drawings: settings, learning } = await kept();
  const { drawings: here, pictures: dropped, status } = useTeaching.getState();
  if (status !== "idle") return;
  // What was drawn on another page has not been kept yet.
  if (!settings) return keepDrawings(useTeaching.getState());
  const { drawings: before, pictures: left, varied, start, slower, seed } = settings;
  const drawings = here.map((drawing, cell) => (drawing.length > 0 ? drawing : before[cell]!));
  // Visits of before pictures could be dropped kept none.
  const pictures = dropped.length > 0 ? dropped : (left ?? []);
  useTeaching.setState({ drawings, pictures, varied, start, slower, seed });
  if (!learning) return;
  const { training, heldOut, sheets, firstRecognised } = learning;
  // Visits of before a memory told what it began with could not change that.
  earlier = { memory: learning.memory, origin: learning.origin ?? { start, seed } };
  useTeaching.setState({ training, heldOut, sheets, firstRecognised, status: "paused" });
}

/** The worker with what was learnt so far; null when it was forgotten meanwhile. */
async function revived(): Promise<TeachingWorker | null> {
  if (worker !== null) return worker;
  const state = useTeaching.getState();
  const memory = earlier?.memory ?? null;
  const { start, seed } = earlier?.origin ?? state;
  const learned = start === "nothing" || memory !== null ? null : await glyphs();
  if (useTeaching.getState().status === "idle") return null;
  const begun = new TeachingWorker(listener);
  worker = begun;
  origin = { start, seed };
  await begun.engine.begin({ ...lessonOf(state), seed, start, learned, memory });
  return worker === begun ? begun : null;
}

function end(): void {
  worker?.end();
  worker = null;
  earlier = null;
}

async function keep(): Promise<void> {
  const asked = worker;
  const memory = (await asked?.engine.memory()) ?? null;
  if (memory !== null && asked === worker) await keepLearning({ memory, origin });
}

/** What is changed while it learns is learnt from the next step on; and kept. */
useTeaching.subscribe((state, before) => {
  const { drawings, pictures, varied, start, slower, seed, status } = state;
  const isSame =
    drawings === before.drawings &&
    pictures === before.pictures &&
    varied === before.varied &&
    slower === before.slower;
  if (isSame && start === before.start && seed === before.seed) return;
  keepSoon();
  const lesson = lessonOf(state);
  if (!isSame && status === "learning" && lesson.shown.length > 0) void worker?.engine.change(lesson);
});

let keeping: ReturnType<typeof setTimeout> | undefined;

/** After the event that changed something: a hand that draws does not wait for it. */
function keepSoon(): void {
  if (keeping !== undefined) return;
  keeping = setTimeout(() => {
    keeping = undefined;
    void keepDrawings(useTeaching.getState());
  });
}

async function glyphs(): Promise<ArrayBuffer> {
  return (await fetchFromSite("models/glyphs.safetensors")).arrayBuffer();
}
