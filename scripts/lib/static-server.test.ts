import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaticServer, listen, placeOf, stop } from './static-server.mjs';

describe('placeOf', () => {
  const cases: [url: string, basePath: string, place: ReturnType<typeof placeOf>][] = [
    ['/', '', { kind: 'path', path: '/' }],
    ['/a/b.js?x=1', '', { kind: 'path', path: '/a/b.js' }],
    ['/docs/a/', '/docs', { kind: 'path', path: '/a/' }],
    ['/docs', '/docs', { kind: 'moved', to: '/docs/' }],
    ['/documents/', '/docs', { kind: 'outside' }],
    ['/%231.abc', '', { kind: 'path', path: '/#1.abc' }],
    ['//elsewhere.example/a', '', { kind: 'path', path: '//elsewhere.example/a' }],
    ['/../../etc/passwd', '', { kind: 'path', path: '/etc/passwd' }],
    ['/..%2f..%2fetc/passwd', '', { kind: 'outside' }],
    ['/.env', '', { kind: 'outside' }],
    ['/a/.git/config', '', { kind: 'outside' }],
    ['/a%00b', '', { kind: 'bad' }],
    ['/a%5c..%5cb', '', { kind: 'bad' }],
    ['/%E0%A4%A', '', { kind: 'bad' }],
  ];
  it.each(cases)('%s under %j', (url, basePath, place) => expect(placeOf(url, basePath)).toEqual(place));
});

describe('the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'server-'));
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    mkdirSync(join(folder, '_next', 'static'), { recursive: true });
    mkdirSync(join(folder, 'guide'));
    writeFileSync(join(folder, 'index.html'), '<h1>home</h1>');
    writeFileSync(join(folder, '404.html'), '<h1>nothing here</h1>');
    writeFileSync(join(folder, 'guide', 'index.html'), '<h1>guide</h1>');
    writeFileSync(join(folder, '_next', 'static', 'a.js'), 'export {};');
    server = createStaticServer({ folder, basePath: '/at' });
    port = await listen(server, { port: 0 });
  });
  afterAll(async () => {
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Node's own client: `fetch` would tidy up the path. */
  const ask = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, failed) => {
      request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      })
        .on('error', failed)
        .end();
    });

  const cases: [path: string, status: number, body: string][] = [
    ['/at/', 200, '<h1>home</h1>'],
    ['/at/?q=1', 200, '<h1>home</h1>'],
    ['/at/guide/', 200, '<h1>guide</h1>'],
    ['/at/_next/static/a.js', 200, 'export {};'],
    ['/at/nowhere', 404, '<h1>nothing here</h1>'],
    ['/at/_next/', 404, '<h1>nothing here</h1>'],
    ['/at/index.html/', 404, '<h1>nothing here</h1>'],
    ['/', 404, '404\n'],
  ];
  it.each(cases)('%s is %d', async (path, status, body) => {
    expect(await ask(path)).toMatchObject({ status, body });
  });

  it('sends on to the address with the slash, with its query', async () => {
    expect(await ask('/at/guide?x=1')).toMatchObject({ status: 308, headers: { location: '/at/guide/?x=1' } });
    expect(await ask('/at?x=1')).toMatchObject({ status: 308, headers: { location: '/at/?x=1' } });
  });

  it('keeps what has a hash in its name, and asks again for the rest', async () => {
    expect((await ask('/at/_next/static/a.js')).headers['cache-control']).toContain('immutable');
    expect((await ask('/at/')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/at/_next/static/gone.js')).headers['cache-control']).toBe('no-cache');
  });

  it('answers HEAD without a body, compresses where asked, and knows no other method', async () => {
    expect(await ask('/at/', 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '13' } });
    expect((await ask('/at/', 'GET', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe('gzip');
    expect((await ask('/at/', 'POST')).status).toBe(405);
  });

  it('takes the next port where one is in use', async () => {
    const second = createStaticServer({ folder });
    expect(await listen(second, { port })).toBeGreaterThan(port);
    await stop(second);
    await expect(listen(createStaticServer({ folder }), { port, tries: 1 })).rejects.toThrow('EADDRINUSE');
  });
});
