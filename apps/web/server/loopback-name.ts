const names = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Does a request's Host header name this machine? The port does not matter. */
export function isLoopbackName(host: string | undefined): boolean {
  return host !== undefined && names.has(host.replace(/:\d+$/, "").toLowerCase());
}
