/** The site for a visitor whose browser offers no WebGPU. */
import { out } from "./built-site.ts";
import { serveFiles } from "./file-server.ts";
import { withSite } from "./with-site.ts";

/** WebGPU is for secure pages only: under a name that is not this machine's own, plain HTTP is not one. */
export function withoutWebGpu(): ReturnType<typeof withSite> {
  const serve = async () => {
    const served = await serveFiles(out);
    return { ...served, origin: served.origin.replace("127.0.0.1", "plain.test") };
  };
  return withSite(serve, ["--host-resolver-rules=MAP plain.test 127.0.0.1"]);
}
