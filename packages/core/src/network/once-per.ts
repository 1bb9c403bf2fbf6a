/** The same function, which computes once for each object and holds the result as long as somebody holds the object. */
export function oncePer<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    const held = known.get(key);
    if (held !== undefined) return held.result;
    const result = compute(key);
    known.set(key, { result });
    return result;
  };
}
