/**
 * The site without a network, from the second visit on. The build puts {@link BUILT} before this script: its own list of files, and a version
 * that follows from what is in them.
 *
 * Chunks are named by what is in them, so the kept one is as good as the site's. Everything else is asked of the site first, and
 * taken from what is kept when nothing comes: pages, the texts of routes, models. What was not on the list (other models) is kept when it was
 * fetched once. Run folders are never looked at: they belong to whoever trains.
 */
declare const BUILT: {
  readonly version: string;
  /** Addresses relative to the site's root, which is "". */
  readonly files: readonly string[];
};

const worker = self as unknown as ServiceWorkerGlobalScope;
const root = worker.registration.scope;
const PREFIX = `pixelcnn ${root} `;
const NAME = PREFIX + BUILT.version;
const absolute = (path: string) => new URL(path, root).href;
const listed = new Set(BUILT.files.map(absolute));

// All or nothing: half a site is worse than the one before.
worker.addEventListener("install", (event) => event.waitUntil(keepAll()));
// The page of a first visit is served as well, so that models that it asks for are kept.
worker.addEventListener("activate", (event) =>
  event.waitUntil(forgetOthers().then(() => worker.clients.claim())),
);
worker.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const isOurs = url.startsWith(root) && !url.startsWith(absolute("runs/"));
  if (method !== "GET" || !isOurs) return;
  event.respondWith(
    url.startsWith(absolute("_next/static/")) ? keptFirst(event.request) : networkFirst(event),
  );
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(NAME);
  // The browser's own cache may have a page of yesterday.
  await cache.addAll(BUILT.files.map((path) => new Request(absolute(path), { cache: "no-cache" })));
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function keptFirst(request: Request): Promise<Response> {
  return (await kept(request)) ?? fetch(request);
}

async function networkFirst(event: FetchEvent): Promise<Response> {
  const { request } = event;
  try {
    const response = await fetch(request);
    // The list's files stay those of one build.
    if (response.ok && !listed.has(addressOf(request))) event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (cause) {
    const response = (await kept(request)) ?? (request.mode === "navigate" ? await noSuchPage() : undefined);
    if (response === undefined) throw cause;
    return response;
  }
}

/** As the site itself answers a page that it has not. */
async function noSuchPage(): Promise<Response | undefined> {
  const found = await (await caches.open(NAME)).match(absolute("404.html"));
  return found && new Response(found.body, { status: 404, headers: found.headers });
}

async function keep(request: Request, response: Response): Promise<void> {
  await (await caches.open(NAME)).put(addressOf(request), response);
}

async function kept(request: Request): Promise<Response | undefined> {
  const cache = await caches.open(NAME);
  const address = addressOf(request);
  const found = (await cache.match(address)) ?? (await cache.match(`${address}/`));
  // A copy has no address of its own, so it gets the request's: what stands behind "#" tells a worker what it is.
  return found && new Response(found.body, found);
}

/** A page is the same whatever its address says behind "?", and by both of its names. */
function addressOf({ url }: Request): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/index\.html$/, "/");
}
