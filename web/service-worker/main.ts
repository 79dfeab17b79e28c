/// The shell of the client for when there is no network. A page is always asked for first and the one that is kept only shown where nothing
/// answers, so that nobody is held back on an old version; what is under /assets/ is named by its content and never changes.

/** Put in by `scripts/build-web.ts`. */
declare const shell: { readonly version: string; readonly files: readonly string[] };
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const { version, files } = shell;
const prefix = "shell-";
const cacheName = prefix + version;
/** Those of the version before stay: a page that is still open may ask for them. */
const cachesMax = 2;
const pageWaitMs = 4000;

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldShells().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin || !isOfTheShell(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

const isOfTheShell = (path: string): boolean => !/^\/(?:api|health|metrics)(?:\/|$)/u.test(path);

async function keepShell(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(files.map((file) => new Request(file, { cache: file === "/" ? "reload" : "default" })));
  await worker.skipWaiting();
}

async function forgetOldShells(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  // In the order in which they were made.
  await Promise.all(names.slice(0, Math.max(0, names.length + 1 - cachesMax)).map((name) => caches.delete(name)));
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(pageWaitMs) });
  } catch {
    const kept = await (await caches.open(cacheName)).match("/");
    return kept ?? Response.error();
  }
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
