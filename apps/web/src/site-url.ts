/** The address of a file of this site, wherever the site lies on its host. @param path without a slash at its start. */
export function siteUrl(path: string): string {
  return `${process.env.NEXT_PUBLIC_BASE_PATH ?? ""}/${path}`;
}

/** Fetches a file of this site. @throws when the answer is not the file. */
export async function fetchFromSite(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(siteUrl(path), { ...(signal && { signal }) });
  if (response.ok) return response;
  throw new Error(`expected ${path} from this site, got status ${response.status}; reload the page`);
}
