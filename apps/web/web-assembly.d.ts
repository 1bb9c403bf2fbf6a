/** What TypeScript's DOM library leaves out of WebAssembly.Module, and core's own description of it has. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: "WebAssembly.Module";
  }
}
