/** Preloaded by the soak beside `--expose-gc`: garbage is collected when the process is asked to, so that memory read then is held. */
process.on("SIGUSR2", () => globalThis.gc?.());
