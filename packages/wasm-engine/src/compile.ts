/**
 * From a computation to a list of calls in one memory, all addresses known beforehand.
 *
 * Every value gets a place when its step comes, and gives it back after its last reader. Reshapes, cuts along the first axis and repetitions are places in
 * another value's: nothing is copied for them. What goes element by element takes the place of an input that is read for the last time.
 */
import { type Computation, type Operation, stepsOf, type Value } from "@pixelcnn/core/computation";
import { OwnHeap } from "@pixelcnn/wasm-training/kernels";
import { aliasOf } from "./aliases.ts";
import { Machine } from "./machine.ts";
import { overwritableInput, takesRepeated, write } from "./operations.ts";
import { type Place, sizeOf } from "./place.ts";
import { Room } from "./room.ts";

/** A computation that is ready to run, again and again. */
export class Program {
  readonly #machine: Machine;
  readonly #arguments: ReadonlyMap<string, Place>;
  readonly #results: ReadonlyMap<string, Place>;
  readonly #calls: readonly PlannedCall[];

  constructor(computation: Computation) {
    const { places, plans, bytes } = lay(computation);
    const heap = new OwnHeap(bytes);
    this.#machine = new Machine(heap);
    this.#calls = plans.flatMap(({ operation, inputs, output }) => {
      const call = write(this.#machine, operation, inputs, output);
      const shapes = [...inputs, output].map(({ value }) => value.shape);
      return call === null ? [] : [{ call, operation, shapes }];
    });
    this.#arguments = new Map(computation.arguments.map(({ name, value }) => [name, places.get(value.id)!]));
    this.#results = new Map(computation.results.map(({ name, value }) => [name, places.get(value.id)!]));
  }

  /** Names of what it computes, in order. */
  get resultNames(): readonly string[] {
    return [...this.#results.keys()];
  }

  /** Gives it all its arguments; there may be others among what is given. */
  giveAll(given: Readonly<Record<string, ArrayLike<number> | null | undefined>>): void {
    for (const name of this.#arguments.keys()) this.#give(name, given[name]!);
  }

  /** Computes everything once. */
  run(): void {
    for (const { call } of this.#calls) call();
  }

  /** Computes everything once, and tells of every call how long it took by a clock. */
  *timed(clock: () => number): Generator<TimedCall> {
    for (const { call, operation, shapes } of this.#calls) {
      const start = clock();
      call();
      yield { operation, shapes, time: clock() - start };
    }
  }

  /** A result of f32 as it lies in memory, until the next `run`. */
  result(name: string): Float32Array {
    const { at, stored } = this.#results.get(name)!;
    return this.#machine.heap.floats.subarray(at, at + stored);
  }

  #give(name: string, values: ArrayLike<number>): void {
    const { at, value } = this.#arguments.get(name)!;
    const { floats, integers, words } = this.#machine.heap;
    const view = value.type === "f32" ? floats : value.type === "u32" ? words : integers;
    view.set(values, at);
  }
}

interface PlannedCall {
  readonly call: () => void;
  readonly operation: Operation;
  readonly shapes: readonly (readonly number[])[];
}

/** What a call did, on arrays of which shapes (its inputs', then its output's), and how long it took. */
export interface TimedCall {
  readonly operation: Operation;
  readonly shapes: readonly (readonly number[])[];
  readonly time: number;
}

/** A step with the places of what it reads and writes. */
interface Plan {
  readonly operation: Operation;
  readonly inputs: readonly Place[];
  readonly output: Place;
}

function lay(computation: Computation) {
  const room = new Room();
  const places = new Map<number, Place>();
  /** Whose room a value lies in, and how many values lie in it that are still read. */
  const owners = new Map<number, number>();
  const readers = new Map<number, number>();
  const plans: Plan[] = [];
  const own = (value: Value, stored: number): Place => {
    const place = { at: room.take(stored), stored, value };
    places.set(value.id, place);
    owners.set(value.id, value.id);
    readers.set(value.id, 1);
    return place;
  };
  const release = (id: number): void => {
    const owner = owners.get(id)!;
    const left = readers.get(owner)! - 1;
    readers.set(owner, left);
    if (left > 0 || permanent.has(owner)) return;
    const { at, stored } = places.get(owner)!;
    room.give(at, stored);
  };
  /** The place of an input that nobody reads any more, for what may overwrite it. */
  const takeOver = (
    operation: Operation,
    inputs: readonly Value[],
    last: readonly number[],
    value: Value,
  ): Place | null => {
    const input = inputs[overwritableInput(operation)];
    if (input === undefined || !last.includes(input.id)) return null;
    const owner = owners.get(input.id)!;
    const { at, stored } = places.get(owner)!;
    const isAlone =
      readers.get(owner) === 1 && inputs.filter(({ id }) => owners.get(id) === owner).length === 1;
    if (!isAlone || permanent.has(owner) || places.get(input.id)!.stored !== stored) return null;
    if (stored !== sizeOf(value.shape)) return null;
    readers.set(owner, 2); // released once, it is not given back: the result does that
    const place = { at, stored, value };
    places.set(value.id, place);
    owners.set(value.id, value.id);
    readers.set(value.id, 1);
    return place;
  };
  const whole = (place: Place): { place: Place; borrowed: boolean } => {
    const size = sizeOf(place.value.shape);
    if (place.stored === size) return { place, borrowed: false };
    const output = { at: room.take(size), stored: size, value: place.value };
    plans.push({ operation: { op: "reshape", shape: place.value.shape }, inputs: [place], output });
    return { place: output, borrowed: true };
  };

  for (const { value } of computation.arguments) own(value, sizeOf(value.shape));
  const steps = stepsOf(computation);
  // Constants are written once and for all, so nothing else may ever lie there: they come first, and are never given back.
  const constants = steps.filter(({ operation }) => operation.op === "constant");
  for (const { operation, output } of constants)
    plans.push({ operation, inputs: [], output: own(output, 1) });
  const permanent = new Set([
    ...computation.arguments.map(({ value }) => value.id),
    ...constants.map(({ output }) => output.id),
  ]);

  for (const { operation, inputs, output, last } of steps) {
    if (operation.op === "constant") continue;
    const given = inputs.map(({ id }) => places.get(id)!);
    const alias = aliasOf(operation, given, output);
    if (alias !== null) {
      const owner = owners.get(inputs[0]!.id)!;
      places.set(output.id, alias);
      owners.set(output.id, owner);
      readers.set(owner, readers.get(owner)! + 1);
    } else {
      const stored = storedOf(operation, given, output);
      const read =
        takesRepeated(operation.op) && fits(given, stored)
          ? given.map((place) => ({ place, borrowed: false }))
          : given.map(whole);
      const place = takeOver(operation, inputs, last, output) ?? own(output, stored);
      plans.push({ operation, inputs: read.map((input) => input.place), output: place });
      for (const { place, borrowed } of read) if (borrowed) room.give(place.at, place.stored);
    }
    for (const id of last) release(id);
  }
  // Results are read whole.
  for (const { value } of computation.results) {
    const { place } = whole(places.get(value.id)!);
    places.set(value.id, place);
  }
  return { places, plans, bytes: 4 * room.length };
}

/** Elements that an output stores: as many as the input that repeats itself least, where an operation goes element by element. */
function storedOf(operation: Operation, inputs: readonly Place[], output: Value): number {
  const size = sizeOf(output.shape);
  if (!takesRepeated(operation.op)) return size;
  const most = Math.max(1, ...inputs.map(({ stored }) => stored));
  return fits(inputs, most) ? most : size;
}

/** Whether every input's repetition fits into `stored` elements. */
function fits(inputs: readonly Place[], stored: number): boolean {
  return inputs.every((place) => stored % place.stored === 0);
}
