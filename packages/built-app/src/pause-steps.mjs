/**
 * Preloaded by a training that a test waits for (`node --import`): every step takes 50 ms more, and none of them is work. So a few steps last as long on every
 * machine. Whoever trains creates a channel after every step, to let signals in.
 */
const PAUSE_MS = 50;
const { MessageChannel } = globalThis;
const clock = new Int32Array(new SharedArrayBuffer(4));

globalThis.MessageChannel = function PausingChannel() {
  Atomics.wait(clock, 0, 0, PAUSE_MS);
  return new MessageChannel();
};
