/** The site for a visitor whose browser offers no WebGPU. */
import { out } from "./built-site.ts";
import { serveFiles } from "./file-server.ts";
import { PLAIN_NAME } from "./plain-name.ts";
import { withSite } from "./with-site.ts";

/** @param instead other bytes for files of these paths. */
export function withoutWebGpu(instead?: ReadonlyMap<string, Uint8Array>): ReturnType<typeof withSite> {
  return withSite(async () => {
    const served = await serveFiles(out, "", instead);
    return { ...served, origin: served.origin.replace("127.0.0.1", PLAIN_NAME) };
  });
}
