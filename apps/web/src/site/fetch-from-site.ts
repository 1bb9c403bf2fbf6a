import { unfetched } from "./unfetched.ts";

/** The address of a file of this site, wherever the site lies on its host. @param path without a slash at its start. */
export function siteUrl(path: string): string {
  return `${process.env.NEXT_PUBLIC_BASE_PATH ?? ""}/${path}`;
}

/** Fetches a file of this site. @throws a sentence, when nothing comes or something else. */
export async function fetchFromSite(path: string, signal?: AbortSignal): Promise<Response> {
  return fetchFile(siteUrl(path), path, signal);
}

/** @param what the file, for the visitor. */
export async function fetchFile(url: string | URL, what: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(url, { ...(signal && { signal }) }).catch((cause) => {
    throw signal?.aborted ? cause : unfetched(what, cause);
  });
  if (response.ok) return response;
  throw new Error(`expected ${what} from this site, got status ${response.status}; reload the page`);
}
