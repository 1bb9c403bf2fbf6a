/** What a curve is called where several runs lie over each other, as in the list: a, b … */
export function layerLetter(layer: number): string {
  return String.fromCharCode("a".charCodeAt(0) + (layer % 26));
}
