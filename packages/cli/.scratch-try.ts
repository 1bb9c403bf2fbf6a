import { startBackend } from "/work/main/packages/cli/src/backend/choose-backend.ts";
import { chooseBackend } from "/work/main/packages/cli/src/backend/choose-backend.ts";
const w = process.argv[2] as any; const t0=performance.now();
try { console.log(w==="auto"? await chooseBackend("auto"): await startBackend(w), performance.now()-t0);} catch (e: any) { console.log(e.message, performance.now()-t0) }
