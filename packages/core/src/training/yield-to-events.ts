/**
 * Lets signals, timers and clicks in, and goes on at once. TensorFlow.js's own `nextFrame` waits in a browser for the next frame to
 * be painted, and a hidden page paints none: a training would stand still until somebody looks.
 */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    // A channel each time: Node tells all that waits in one channel before it looks at anything else.
    const { port1, port2 } = new MessageChannel();
    // Assigned so because Node's types know no onmessage, though its ports have it.
    Object.assign(port1, {
      onmessage() {
        port1.close();
        resolve();
      },
    });
    port2.postMessage(null);
  });
}
