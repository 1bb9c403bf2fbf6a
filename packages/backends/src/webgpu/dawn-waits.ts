/**
 * Dawn's binding for Node asks whether the GPU is done by `setImmediate` over and over, and so takes a whole core for as long as anybody waits.
 * Here it asks at once for a moment, so that a fast GPU is not waited for, and every millisecond after
 * it. The binding looks the function up in the global object each time: there is no other place to stand between.
 */

/** How long it may ask without a pause. */
const SPIN_MS = 1;
/** The least that timers can do. */
const PAUSE_MS = 1;

type Callback = (...args: unknown[]) => void;

let isInstalled = false;

/** Makes Dawn wait so, in this thread. Whatever else calls `setImmediate` is called as ever. */
export function letDawnWait(): void {
  if (isInstalled) return;
  isInstalled = true;
  const immediate = globalThis.setImmediate;
  let isAsking = false;
  let since = 0;
  const replacement = (callback: Callback, ...args: unknown[]) => {
    if (!isOfBinding(callback)) return immediate(callback, ...args);
    const now = performance.now();
    // Asked for by what it asked, it goes on with the same wait.
    if (!isAsking) since = now;
    const ask = () => {
      isAsking = true;
      try {
        callback(...args);
      } finally {
        isAsking = false;
      }
    };
    return now - since < SPIN_MS ? immediate(ask) : setTimeout(ask, PAUSE_MS);
  };
  // Its name, its length, and what `promisify` makes of it.
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(immediate));
  Object.assign(globalThis, { setImmediate: replacement });
}

/** A function that is written in C++ and has no name. Others are such too, as what settles a promise: they are called all the same. */
function isOfBinding(callback: Callback): boolean {
  return callback.name === "" && Function.prototype.toString.call(callback).includes("[native code]");
}
