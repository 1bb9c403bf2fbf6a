/**
 * The class of every picture, where nobody asks for one alone.
 *
 * @module @pixelcnn/drawing/class-labels
 */

/** Classes in turn: picture `first` + i of all gets the class of its number. */
export function labelsInTurn(count: number, classes: number, first = 0): number[] {
  return Array.from({ length: count }, (_, i) => (first + i) % classes);
}

/** `perClass` pictures of each class, one class after the other. */
export function labelsInRows(perClass: number, classes: number): number[] {
  return Array.from({ length: perClass * classes }, (_, i) => Math.floor(i / perClass));
}
