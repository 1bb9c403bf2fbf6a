/** Starts XLA's client, and sees it compute. */
import { type Client, PjrtError, Plugin } from "@pixelcnn/pjrt";
import { BackendError } from "../backend-error.ts";
import { setupHint } from "../hints.ts";
import type { SetupBackend } from "../names.ts";
import { findPlugin, isNamed } from "./find-plugin.ts";

/** XLA at work, and what it runs on. The caller disposes of the client. */
export interface XlaDevice {
  readonly client: Client;
  /** As its maker calls it: `cpu, 4 devices, PJRT 0.115`. */
  readonly name: string;
  /** Of the interface to it. */
  readonly version: string;
}

/**
 * @param path the plugin; the one that is set up unless given
 * @param backend that it is for, where it is told of
 * @throws {BackendError} when there is none, or it does not compute
 */
export async function startXla(
  path: string | null = findPlugin(),
  backend: SetupBackend = "xla",
): Promise<XlaDevice> {
  if (path === null)
    throw new BackendError(`expected a PJRT plugin, none is set up; run: ${setupHint("xla")}`);
  try {
    const plugin = Plugin.load(path);
    const client = await plugin.createClient();
    try {
      await seeItCompute(client);
    } catch (error) {
      await client.dispose();
      throw error;
    }
    const [first] = client.devices;
    const count = client.devices.length;
    return {
      client,
      name: `${first!.kind}${count > 1 ? `, ${count} devices` : ""}, PJRT ${plugin.apiVersion}`,
      version: `PJRT ${plugin.apiVersion}`,
    };
  } catch (error) {
    if (!(error instanceof PjrtError)) throw error;
    const fix = isNamed(path) ? "name another PJRT plugin" : `run: ${setupHint(backend)} --force`;
    throw BackendError.of(backend, firstLine(error.message), fix, error);
  }
}

const program = `func.func public @main(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %y = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0] : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}`;

async function seeItCompute(client: Client): Promise<void> {
  const executable = await client.compile(program);
  const x = await client.upload(Float32Array.of(1, 2, 3, 4), [2, 2]);
  const [[y]] = (await executable.execute([[x]])) as [[typeof x]];
  const got = await y.download();
  for (const owned of [x, y, executable]) owned.dispose();
  if (got.join() !== "7,10,15,22")
    throw new BackendError(`expected the xla backend to compute 7,10,15,22, got ${got.join()}`);
}

function firstLine(text: string): string {
  return text
    .trim()
    .split("\n")[0]!
    .replace(/[.;:]$/, "");
}
