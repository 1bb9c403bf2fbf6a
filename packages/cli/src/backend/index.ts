/** @pixelcnn/cli/backends: TensorFlow.js's backends for other programs of this repository. */
export { BackendError } from "./backend-error.ts";
export { type StartableBackend, startableBackends } from "./backend-names.ts";
export { type Device, startBackend } from "./choose-backend.ts";
