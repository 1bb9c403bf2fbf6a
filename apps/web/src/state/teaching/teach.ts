/** Teach, pause, go on, forget: what the buttons do, and what comes back from the worker. */
import { fetchFromSite } from "../../site/fetch-from-site.ts";
import type { Memory } from "../../workers/teaching/lesson.ts";
import { TeachingWorker } from "../../workers/teaching/teaching-worker.ts";
import { rememberDrawings } from "./keeping.ts";
import { overtake } from "./kept-revision.ts";
import { keepDrawings, keepLearning, keptLearning } from "./kept-teaching.ts";
import { packLesson } from "./pack-lesson.ts";
import { takeProgress, takeSheet } from "./take-progress.ts";
import { type LinkedLesson, lessonOf, NOTHING_LEARNT, showLesson, useTeaching } from "./teaching-store.ts";

/** What was learnt is kept as often as that while it goes on. */
const KEEP_MS = 10_000;

let worker: TeachingWorker | null = null;
/** What an earlier visit learnt: where the worker begins. */
let earlier: Memory | null = null;
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
  const { start, seed } = useTeaching.getState();
  useTeaching.setState({ status: "starting", origin: { start, seed }, link: null, isOwn: true });
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
    const lesson = lessonOf(useTeaching.getState());
    // Everything was cleared while it started.
    if (lesson.shown.length === 0) return useTeaching.setState({ status: "paused" });
    await ready.engine.change(lesson);
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

/** What is here takes the place of what another tab has kept. */
export async function takeOver(): Promise<void> {
  const memory = (await worker?.engine.memory()) ?? earlier;
  overtake();
  await keepDrawings();
  await keepLearning(memory);
}

/** What its files are called from now on. */
export async function callTaught(name: string): Promise<void> {
  useTeaching.setState({ name });
  await keep();
}

let remembering: Promise<void> | undefined;

/** Shows what an earlier visit left, once a page. */
export function remember(): Promise<void> {
  remembering ??= remembered();
  return remembering;
}

async function remembered(): Promise<void> {
  const isLearntOfThese = await rememberDrawings();
  const learning = await keptLearning();
  const { status, start, seed } = useTeaching.getState();
  if (!learning || !isLearntOfThese || status !== "idle") return;
  const { memory, name = null, training, heldOut, sheets, firstRecognised } = learning;
  earlier = memory;
  // Visits of before a memory told what it began with could not change that.
  const origin = learning.origin ?? { start, seed };
  useTeaching.setState({ origin, name, training, heldOut, sheets, firstRecognised, status: "paused" });
}

/**
 * Shows the lesson of a link over what an earlier visit left, none of which is lost before the visitor changes something.
 *
 * @returns whether it is shown: a training that was begun here is not replaced by the Back button.
 */
export async function openLesson(lesson: LinkedLesson): Promise<boolean> {
  await remember();
  const { status, link } = useTeaching.getState();
  if (worker !== null || status === "starting") return false;
  const packed = packLesson(lesson);
  if (packed === null) return false;
  if (packed !== link) showLesson(lesson, packed);
  return true;
}

/** The worker with what was learnt so far; null when it was forgotten meanwhile. */
async function revived(): Promise<TeachingWorker | null> {
  if (worker !== null) return worker;
  const { origin } = useTeaching.getState();
  if (origin === null) return null;
  const memory = earlier;
  const learned = origin.start === "nothing" || memory !== null ? null : await glyphs();
  const state = useTeaching.getState();
  if (state.origin !== origin) return null;
  const begun = new TeachingWorker(listener);
  worker = begun;
  await begun.engine.begin({ ...lessonOf(state), ...origin, learned, memory });
  return worker === begun ? begun : null;
}

function end(): void {
  worker?.end();
  worker = null;
  earlier = null;
}

async function keep(): Promise<void> {
  if (useTeaching.getState().isOvertaken) return;
  const asked = worker;
  const memory = (await asked?.engine.memory()) ?? null;
  if (memory !== null && asked === worker) await keepLearning(memory);
}

/** What is changed while it learns is learnt from the next step on; without anything to learn from, it rests. */
useTeaching.subscribe((state, before) => {
  const { drawings, pictures, varied, slower, status } = state;
  const isSame =
    drawings === before.drawings &&
    pictures === before.pictures &&
    varied === before.varied &&
    slower === before.slower;
  if (isSame || status !== "learning") return;
  const lesson = lessonOf(state);
  if (lesson.shown.length > 0) void worker?.engine.change(lesson);
  else void pause();
});

async function glyphs(): Promise<ArrayBuffer> {
  return (await fetchFromSite("models/glyphs.safetensors")).arrayBuffer();
}
