/** What `--backend` takes. `auto` is the best that works. */
export const backendNames = ["auto", "wasm", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];
