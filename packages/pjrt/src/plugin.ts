import { CApi } from "./c-api/c-api.ts";
import { addressOf } from "./c-api/memory.ts";
import { Client } from "./client.ts";
import { type ClientOptions, encodeNamedValues } from "./client-options.ts";

/** A loaded PJRT plugin. It stays loaded until the process ends: plugins cannot be unloaded. */
export class Plugin {
  private constructor(
    /** The file it came from. */
    readonly path: string,
    private readonly api: CApi,
  ) {}

  /**
   * Loads a plugin and prepares it.
   * @param path a shared library that exports `GetPjrtApi`
   * @throws {PluginError} if the file is no plugin that this client can talk to
   * @throws {PluginCallError} if the plugin refuses to start
   */
  static load(path: string): Plugin {
    const api = CApi.open(path);
    api.call("Plugin_Initialize", {});
    return new Plugin(path, api);
  }

  /** Version of the interface that the plugin was built with, `0.115` for one. */
  get apiVersion(): string {
    return `${this.api.version.major}.${this.api.version.minor}`;
  }

  /**
   * Starts the plugin's devices, off the event loop. The caller disposes of the client.
   * @throws {PluginCallError} if there is no device, or an option that the plugin does not know
   */
  async createClient(options: ClientOptions = {}): Promise<Client> {
    const { list, count, held } = encodeNamedValues(options);
    const { client } = await this.api.callAside(
      "Client_Create",
      { options: count > 0 ? addressOf(list) : 0n, optionCount: count },
      [list, held],
    );
    return new Client(this.api, client);
  }
}
