/** What lies where a folder was expected and could not be read, by the system's error. */
export function foundInstead(error: NodeJS.ErrnoException): string {
  return error.code === "ENOTDIR" ? "a file" : "none";
}
