/** Backends that compute, the best first: the order in which `auto` tries them. */
export const startableBackends = ["cuda", "webgpu", "xla", "native", "wasm", "cpu"] as const;
export type StartableBackend = (typeof startableBackends)[number];

/** What `--backend` takes. `auto` is the best that works. */
export const backendNames = ["auto", ...startableBackends] as const;
export type BackendName = (typeof backendNames)[number];
