export { BackendsError } from "./backends-error.ts";
export { findPlugin } from "./xla/find-plugin.ts";
export { setUpXla, type XlaSetup } from "./xla/set-up-xla.ts";
export { startXla, type XlaDevice } from "./xla/start-xla.ts";
