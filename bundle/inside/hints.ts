/** What a user of a bundle does to mend something: takes the place of the module of `@pixelcnn/backends` of this name. */

/** A bundle fetches nothing: what a backend needs comes from the machine. */
export function setupHint(backend: "xla" | "cuda" | "native"): string {
  return backend === "native"
    ? "another --backend: a bundle holds no TensorFlow"
    : "bash run.sh machine, which tells what was looked for and how to name a PJRT plugin";
}

/** What is optional where the package is installed. */
export function installHint(...packageNames: string[]): string {
  return `pnpm bundle in the repository; this bundle was made without ${packageNames.join(" and ")}`;
}

/** What tells which backends work. */
export const devicesHint = "bash run.sh devices";
