// STUB_INSTALL says how it ends: "works" puts the binding there; anything else is the message of an error that nobody catches.
const { mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

process.stdout.write("https://example.org/libtensorflow.tar.gz\n");
if (process.env.STUB_INSTALL !== "works") throw new Error(process.env.STUB_INSTALL);
mkdirSync(join(__dirname, "lib", "napi-v8"), { recursive: true });
writeFileSync(join(__dirname, "lib", "napi-v8", "tfjs_binding.node"), "");
