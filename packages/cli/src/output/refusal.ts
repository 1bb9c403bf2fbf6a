/** What the system refuses, in words: a full disk, a folder where a file should be, no permission. */

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left there; free some, or name another place",
  EDQUOT: "your share of the disk is used up; free some, or name another place",
  EFBIG: "the file would be longer than is allowed; name another place",
  EROFS: "that disk is read-only; name another place",
  EACCES: "expected permission, got none; name another place, or ask for permission",
  EPERM: "expected permission, got none; name another place, or ask for permission",
  EISDIR: "expected a file, got a folder; name a file",
  ENOTDIR: "expected a folder in that path, got a file; name another place",
  ENOENT: "expected it to be there, found nothing; name another place",
  EEXIST: "expected nothing there, found something; name another place",
  ENOTEMPTY: "expected nothing there, found something; name another place",
  ENAMETOOLONG: "expected a shorter name; choose one",
  ELOOP: "expected links that lead somewhere, got a ring of them; name another place",
  EBUSY: "another process has it; try again, or name another place",
  ENXIO: "expected a device or a socket that can be opened, got none; name another place",
  EMFILE: "too many files are open; close some, or raise `ulimit -n`",
  ENFILE: "too many files are open; close some apps",
  EIO: "the disk failed; name another place",
  EPIPE: "its reader has gone; nothing is left to do",
};

/** One line about an error of the file system; null for any other error. */
export function refusalOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("syscall" in error)) return null;
  const { code = "", path, message } = error as NodeJS.ErrnoException;
  const reason = Object.hasOwn(reasons, code) ? reasons[code]! : null;
  if (reason === null) return path === undefined ? null : message;
  return `${path ?? "standard output"}: ${reason} (${code})`;
}
