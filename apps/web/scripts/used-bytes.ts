import type { CDPSession } from "playwright-core";

/** What a page holds after everything unused was collected: objects and, what pictures lie in, array buffers. */
export async function usedBytes(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const usage = await session.send("Runtime.getHeapUsage");
  return usage.usedSize + usage.backingStorageSize;
}
