/** A name of this machine that is not its own: over plain HTTP, a page under it is not secure, and has no WebGPU. */
export const PLAIN_NAME = "plain.test";
