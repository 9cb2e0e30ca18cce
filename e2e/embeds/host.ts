import { createServer, type Server } from 'node:http';
import { listen, stop } from '../../scripts/lib/static-server.mjs';

/** A server of one page, of another origin than the playground's. */
export interface HostSite {
  readonly url: string;
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Serves the page with a content security policy that permits the playground's scripts and frames, and nothing else. */
export async function serveHost(page: string, playground: string, script = ''): Promise<HostSite> {
  const { origin } = new URL(playground);
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${origin}`,
    `frame-src ${origin}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const files: Record<string, readonly [type: string, text: string]> = {
    '/': ['text/html; charset=utf-8', page],
    '/host.js': ['text/javascript; charset=utf-8', script],
    '/host.css': ['text/css; charset=utf-8', STYLE],
    '/favicon.ico': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  };
  const server: Server = createServer((request, response) => {
    const [type, text] = files[new URL(request.url ?? '/', 'http://host').pathname] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy });
    response.end(text);
  });
  const port = await listen(server, { port: 0 });
  const own = `http://127.0.0.1:${String(port)}`;
  return { url: `${own}/`, origin: own, close: () => stop(server).then(() => undefined) };
}

const STYLE = `
  body { margin: 1rem; font: 16px/1.5 sans-serif; color: #222; background: #fff }
  policy-playground { display: block; min-height: 420px; margin-block: 1rem }
  :root[data-theme='dark'] body { color: #eee; background: #111 }
`;

/** A document with a body, and what its head has besides. */
export const hostPage = (head: string, body: string): string => `<!DOCTYPE html><html lang="en"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Guide</title>
<link rel="stylesheet" href="/host.css">${head}<script src="/host.js" defer></script>
</head><body><main><h1>Guide</h1>${body}</main></body></html>`;
