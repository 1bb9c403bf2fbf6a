import { unfetched } from "./unfetched.ts";

/** The address of a file of this site, wherever the site lies on its host. @param path without a slash at its start. */
export function siteUrl(path: string): string {
  return `${process.env.NEXT_PUBLIC_BASE_PATH ?? ""}/${path}`;
}

/**
 * Fetches a file of this site.
 *
 * @param isUnasked the visitor did not ask for it: without a network the place where it would be says so, and nothing else.
 * @throws a sentence, when nothing comes or something else.
 */
export async function fetchFromSite(path: string, isUnasked = false): Promise<Response> {
  return fetchFile(siteUrl(path), path, isUnasked);
}

/** @param what the file, for the visitor. */
export async function fetchFile(url: string | URL, what: string, isUnasked = false): Promise<Response> {
  const response = await fetch(url).catch((cause) => {
    throw unfetched(what, cause, isUnasked);
  });
  if (response.ok) return response;
  throw new Error(`expected ${what} from this site, got status ${response.status}; reload the page`);
}
