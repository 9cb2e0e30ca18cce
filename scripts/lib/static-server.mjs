// A small server of static files, for `npm start` and the tests: what any host does, with the headers that we ask hosts for.
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const utf8 = '; charset=utf-8';
const contentTypes = {
  '.html': `text/html${utf8}`,
  '.js': `text/javascript${utf8}`,
  '.mjs': `text/javascript${utf8}`,
  '.css': `text/css${utf8}`,
  '.txt': `text/plain${utf8}`,
  '.csv': `text/csv${utf8}`,
  '.md': `text/markdown${utf8}`,
  '.json': 'application/json',
  '.map': 'application/json',
  '.ndjson': 'application/x-ndjson',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};
const worthCompressing = /^text\/|javascript|json|svg/;

/**
 * What a request's address means in the folder, without touching the disk.
 * @param {string} url the request line's target
 * @param {string} basePath `''` or like `/docs/playground`
 * @returns {{ kind: 'path', path: string } | { kind: 'moved', to: string } | { kind: 'bad' } | { kind: 'outside' }}
 */
export function placeOf(url, basePath) {
  let pathname;
  let decoded;
  try {
    // The host is fixed, so that a path which begins with two slashes stays a path.
    ({ pathname } = new URL(`http://localhost${url.startsWith('/') ? url : `/${url}`}`));
    decoded = decodeURIComponent(pathname);
  } catch {
    return { kind: 'bad' };
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return { kind: 'bad' };
  if (basePath !== '' && decoded === basePath) return { kind: 'moved', to: `${basePath}/` };
  if (!decoded.startsWith(`${basePath}/`)) return { kind: 'outside' };
  const path = decoded.slice(basePath.length);
  if (path.split('/').some((part) => part.startsWith('.'))) return { kind: 'outside' };
  return { kind: 'path', path };
}

/**
 * @param {{ folder: string, basePath?: string }} options
 * @returns {import('node:http').Server} not yet listening
 */
export function createStaticServer({ folder, basePath = '' }) {
  const top = resolve(folder);
  const compressed = new Map();

  const stat = (path) => statSync(path, { throwIfNoEntry: false });

  /** @returns {{ file: string, status: number } | { moved: true } | null} */
  function find(path) {
    const target = resolve(join(top, path));
    if (target !== top && !target.startsWith(top + sep)) return null;
    const found = stat(target);
    if (found?.isDirectory()) {
      const index = join(target, 'index.html');
      if (stat(index)?.isFile()) return path.endsWith('/') ? { file: index, status: 200 } : { moved: true };
    }
    if (found?.isFile() && !path.endsWith('/')) return { file: target, status: 200 };
    const notFound = join(top, '404.html');
    return stat(notFound)?.isFile() ? { file: notFound, status: 404 } : null;
  }

  function gzipOf(file, modified) {
    const known = compressed.get(file);
    if (known?.modified === modified) return known.bytes;
    const bytes = gzipSync(readFileSync(file));
    compressed.set(file, { modified, bytes });
    return bytes;
  }

  return createServer((request, response) => {
    const plain = (status, headers = {}) => {
      response.writeHead(status, { 'content-type': contentTypes['.txt'], ...headers });
      response.end(request.method === 'HEAD' ? undefined : `${status}\n`);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, { allow: 'GET, HEAD' });
    const place = placeOf(request.url ?? '/', basePath);
    if (place.kind === 'bad') return plain(400);
    if (place.kind === 'outside') return plain(404);
    const query = /\?[^#]*/.exec(request.url ?? '')?.[0] ?? '';
    if (place.kind === 'moved') return plain(308, { location: place.to + query });
    try {
      const found = find(place.path);
      if (!found) return plain(404);
      if ('moved' in found) return plain(308, { location: encodeURI(`${basePath}${place.path}/`) + query });
      const { file, status } = found;
      const type = contentTypes[extname(file)] ?? 'application/octet-stream';
      const zip = worthCompressing.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      const body = zip ? gzipOf(file, stat(file)?.mtimeMs) : readFileSync(file);
      const unchanging = place.path.startsWith('/_next/static/') && status === 200;
      response.writeHead(status, {
        'content-type': type,
        'content-length': body.length,
        'cache-control': unchanging ? 'public, max-age=31536000, immutable' : 'no-cache',
        // Frames without an origin of their own load fonts and module scripts as if from elsewhere.
        'access-control-allow-origin': '*',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        vary: 'accept-encoding',
        ...(zip ? { 'content-encoding': 'gzip' } : {}),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    } catch {
      plain(500);
    }
  });
}

/**
 * Listens on a port, or on the next free one after it.
 * @param {import('node:http').Server} server
 * @param {{ host?: string, port: number, tries?: number }} options port 0 asks the system for any free one
 * @returns {Promise<number>} the port
 */
export async function listen(server, { host = '127.0.0.1', port, tries = 50 }) {
  for (let candidate = port; ; candidate += 1) {
    try {
      await new Promise((done, failed) => {
        server.once('error', failed);
        server.listen(candidate, host, () => {
          server.removeListener('error', failed);
          done(undefined);
        });
      });
      const address = server.address();
      return typeof address === 'object' && address ? address.port : candidate;
    } catch (error) {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      if (!taken || candidate - port + 1 >= tries || candidate >= 65_535) throw error;
    }
  }
}

/**
 * Stops a server at once: connections that a browser keeps open do not hold it.
 * @param {import('node:http').Server} server
 */
export function stop(server) {
  return new Promise((done) => {
    server.close(() => done(undefined));
    server.closeAllConnections();
  });
}
