/** Backends that compute, the best first: the order in which `auto` tries them. */
export const startableBackends = ["cuda", "webgpu", "xla", "native", "wasm", "cpu"] as const;
/** One of them. */
export type StartableBackend = (typeof startableBackends)[number];

/** What a user may wish for. `auto` is the best that works. */
export const backendNames = ["auto", ...startableBackends] as const;
/** One of them. */
export type BackendName = (typeof backendNames)[number];

/** Those that need something fetched before they start. */
export const setupBackends = ["xla", "cuda", "native"] as const satisfies readonly StartableBackend[];
/** One of them. */
export type SetupBackend = (typeof setupBackends)[number];
