// Keeps one build of the site for use without a network. Every address is relative to this file, so any path works.
const VERSION = __VERSION__;
const FIRST = __FIRST__;
const LATER = __LATER__;

const family = `policy-playground ${self.registration.scope} `;
const kept = new Set([...FIRST, ...LATER].map((path) => addressOf(path)));

function addressOf(path) {
  return new URL(path, self.registration.scope).href;
}

const openCache = () => caches.open(family + VERSION);

/** How many files are fetched at once: few enough that what the page itself asks for is not kept waiting. */
const AT_ONCE = 4;

/** Brings what is not kept yet, in this order. Rejects where a file cannot be had; what came is kept all the same. */
async function keep(paths) {
  const cache = await openCache();
  const present = new Set((await cache.keys()).map(({ url }) => url));
  const missing = paths.map(addressOf).filter((address) => !present.has(address));
  const isFirstBuild = (await caches.keys()).every((name) => name === family + VERSION || !name.startsWith(family));
  const bring = async () => {
    for (let address = missing.shift(); address !== undefined; address = missing.shift()) {
      // A name with a hash in it never changes, so the last build's copy of it will do.
      const hashed = address.includes('/_next/static/');
      const earlier = hashed && !isFirstBuild && (await caches.match(address, { ignoreVary: true }));
      if (earlier) await cache.put(address, earlier);
      else await cache.add(new Request(address, { cache: hashed ? 'default' : 'no-cache' }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, bring));
}

// No skipWaiting here: a page that is open would lose the chunks it has yet to load. The page offers to reload.
self.addEventListener('install', (event) => event.waitUntil(keep(FIRST)));

// The build before this one stays, for pages that are still open in it.
self.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      const builds = (await caches.keys()).filter((name) => name.startsWith(family));
      await Promise.all(builds.slice(0, -2).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  ),
);

self.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
  if (event.data === 'keep the rest') {
    event.waitUntil(
      keep([...FIRST, ...LATER]).then(
        () => event.source?.postMessage('kept'),
        () => event.source?.postMessage('not kept'),
      ),
    );
  }
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD') return;
  if (!(origin + pathname).startsWith(self.registration.scope)) return;
  if (request.mode === 'navigate' || kept.has(origin + pathname) || pathname.includes('/_next/static/')) {
    event.respondWith(answer(request, origin + pathname, search));
  }
});

async function answer(request, address, search) {
  const cache = await openCache();
  const hashed = address.includes('/_next/static/');
  const hit = await (hashed ? caches : cache).match(address, { ignoreVary: true });
  if (hit) return copyOf(hit, request);
  if (request.mode === 'navigate' && kept.has(`${address}/`)) return Response.redirect(`${address}/${search}`, 302);
  try {
    return await fetch(request);
  } catch (error) {
    const lost = request.mode === 'navigate' && (await cache.match(addressOf('404.html'), { ignoreVary: true }));
    if (lost) return new Response(lost.body, { status: 404, headers: lost.headers });
    throw error;
  }
}

// INVARIANT: a new response takes the request's address. A kept one has its own, without the fragment from which a worker
// learns what to load.
function copyOf(response, request) {
  const { status, statusText, headers } = response;
  return new Response(request.method === 'HEAD' ? null : response.body, { status, statusText, headers });
}
