/** Entry of a child process: exits with 0 where Dawn finds an adapter, be it hardware or software. */
import { create } from "webgpu";

const adapter =
  (await create([]).requestAdapter()) ?? (await create([]).requestAdapter({ forceFallbackAdapter: true }));
process.exit(adapter === null ? 1 : 0);
