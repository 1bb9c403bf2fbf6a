import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

/** Where the site lives on its host, "/gallery" say; empty for the root. */
const basePath = process.env.PIXELCNN_BASE_PATH ?? "";

const config: NextConfig = {
  output: "export",
  // generate/index.html rather than generate.html: every plain file server finds it.
  trailingSlash: true,
  basePath,
  env: { NEXT_PUBLIC_BASE_PATH: basePath },
  // The export goes there. One folder a base path: the two do not disturb each other.
  distDir: `.next/${basePath === "" ? "root" : "sub-path"}`,
  reactStrictMode: true,
  poweredByHeader: false,
  transpilePackages: [
    "@pixelcnn/core",
    "@pixelcnn/pictures",
    "@pixelcnn/runs",
    "@pixelcnn/wasm-engine",
    "@pixelcnn/wasm-training",
  ],
  experimental: {
    // Turbo keeps the build of the same sources; a cache of its own takes Turbopack some of every build to write.
    turbopackFileSystemCacheForBuild: false,
    // What runs while the export is made is sent to nobody, and pages come without source maps: they serve `next dev` alone.
    serverMinification: false,
    turbopackSourceMaps: process.env.NODE_ENV === "development",
  },
  // Checked by this package's own `typecheck`.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
};

export default config;
