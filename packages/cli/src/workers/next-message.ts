import type { Worker } from "node:worker_threads";
import { CliError } from "../cli-error.ts";

/** The next message of a worker. @throws {CliError} when it fails or ends instead. */
export function nextMessage<T>(worker: Worker): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
      act();
    };
    const fail = (reason: string, cause?: unknown) =>
      settle(() => reject(new CliError(`a worker thread failed: ${reason}; try --workers 1`, { cause })));
    const onMessage = (message: T) => settle(() => resolve(message));
    const onError = (error: Error) => fail(error.message, error);
    const onExit = (code: number) => fail(`it ended with code ${code}`);
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
  });
}
