/** The site for a visitor whose browser offers no WebGPU. */
import { out } from "./built-site.ts";
import { serveFiles } from "./file-server.ts";
import { PLAIN_NAME } from "./plain-name.ts";
import { withSite } from "./with-site.ts";

export function withoutWebGpu(): ReturnType<typeof withSite> {
  return withSite(async () => {
    const served = await serveFiles(out);
    return { ...served, origin: served.origin.replace("127.0.0.1", PLAIN_NAME) };
  });
}
