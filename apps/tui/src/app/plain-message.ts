/** Errors in words. */

/** What a system says about a file, by its code. */
const said: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "it is a folder",
  EACCES: "it may not be opened",
  EPERM: "it may not be changed",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
};

/** The message of an error; that of a file which could not be read or written names it, and says why without codes. */
export function plainMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const why = code === undefined ? undefined : said[code];
  return why === undefined || path === undefined ? error.message : `${path}: ${why}`;
}
