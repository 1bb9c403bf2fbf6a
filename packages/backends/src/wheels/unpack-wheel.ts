/** A wheel is a zip file; Python, which has fetched it, reads it. */
import { basename } from "node:path";
import { runPython } from "./python.ts";

/** Its own command (`-m zipfile`) unpacks everything, and forgets what may be executed. */
const SCRIPT = `
import os, sys, zipfile
wheel, folder, *keep = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        if entry.is_dir() or (keep and not entry.filename.startswith(tuple(keep))):
            continue
        path = archive.extract(entry, folder)
        mode = entry.external_attr >> 16 & 0o777
        if mode & 0o111:
            os.chmod(path, 0o755)
`;

/**
 * @param folder made where there is none; what is in the wheel is added to it.
 * @param keep names in the wheel that are unpacked begin with one of these; all are without.
 * @throws {BackendError} one line that says what failed
 */
export async function unpackWheel(file: string, folder: string, keep: readonly string[] = []): Promise<void> {
  await runPython(["-c", SCRIPT, file, folder, ...keep], `unpack ${basename(file)}`);
}
