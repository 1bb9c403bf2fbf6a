/** What the teaching worker offers to the page, through Comlink. */
import { yieldToEvents } from "@pixelcnn/core/training";
import { type ProxyMarked, transfer } from "comlink";
import type { Beginning, Lesson, Listener, Memory } from "./lesson.ts";
import { Student } from "./student.ts";

/** Between two sheets; the first ones come as soon as there is something to see. */
const SHEET_MS = 900;
const EARLY_SHEETS = [0, 4, 8, 16];
/** Between two reports of progress. */
const PROGRESS_MS = 100;

export class TeachingEngine {
  #student: Student | null = null;
  #lesson: Lesson | null = null;
  /** The loop that goes on; null while it rests. */
  #going: Promise<void> | null = null;
  #isWanted = false;
  #tell!: Listener;

  /** Told before anything else: who hears of everything. */
  listen(tell: Listener & ProxyMarked): void {
    this.#tell = tell;
  }

  /** Begins anew, or where a memory ends, and rests. */
  async begin(beginning: Beginning): Promise<void> {
    await this.pause();
    this.#student = await Student.begin(beginning);
    this.#lesson = beginning;
  }

  /** Goes on until it is paused. */
  goOn(): void {
    this.#isWanted = true;
    this.#going ??= this.#go().finally(() => {
      this.#going = null;
    });
  }

  /** What is taught from the next step on. */
  change(lesson: Lesson): void {
    this.#lesson = lesson;
  }

  /** Stops after the step that is under way. */
  async pause(): Promise<void> {
    this.#isWanted = false;
    await this.#going;
  }

  /** The model file, as it is now. @throws when nothing was taught. */
  async file(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#student === null)
      throw new Error("expected a model that was taught, got none; press Teach first");
    const bytes = await this.#student.file();
    return transfer(bytes, [bytes.buffer]);
  }

  /** All that is needed to go on another day; null when nothing was taught. */
  async memory(): Promise<Memory | null> {
    return (await this.#student?.memory()) ?? null;
  }

  async #go(): Promise<void> {
    try {
      await this.#learn(this.#student!);
    } catch (error) {
      this.#tell.trouble(error instanceof Error ? error.message : String(error));
    }
  }

  async #learn(student: Student): Promise<void> {
    let [sheetMs, progressMs] = [performance.now(), performance.now()];
    let [sum, count] = [0, 0];
    if (student.step === 0) await this.#draw(student);
    while (this.#isWanted) {
      sum += await student.learn(this.#lesson!);
      count += 1;
      const now = performance.now();
      if (now - progressMs >= PROGRESS_MS) {
        this.#tell.progress({ step: student.step, nats: sum / count, stepMs: (now - progressMs) / count });
        [sum, count, progressMs] = [0, 0, now];
      }
      if (EARLY_SHEETS.includes(student.step) || now - sheetMs >= SHEET_MS) {
        await this.#draw(student);
        // What drawing takes is no part of a step.
        sheetMs = performance.now();
        progressMs += sheetMs - now;
      }
      await yieldToEvents();
    }
  }

  async #draw(student: Student): Promise<void> {
    const sheet = await student.draw(this.#lesson!.shown, () => this.#isWanted);
    if (sheet !== null) this.#tell.sheet(transfer(sheet, [sheet.pixels.buffer]));
  }
}
