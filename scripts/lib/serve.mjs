import { Problem, say } from './run.mjs';
import { createStaticServer, listen, stop } from './static-server.mjs';

const usualPort = 3000;

/**
 * @param {string | undefined} text
 * @returns {number}
 */
export function portFrom(text) {
  if (text === undefined || text === '') return usualPort;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Problem(`\`${text}\` is not a port: give a number up to 65535`);
}

/**
 * Serves a folder, prints its address, and ends well on Ctrl-C.
 * @param {{ folder: string, basePath?: string, port?: string | undefined }} options
 */
export async function serveUntilInterrupted({ folder, basePath = '', port: wanted }) {
  const server = createStaticServer({ folder, basePath });
  const host = process.env.HOST || '127.0.0.1';
  const first = portFrom(wanted ?? process.env.PORT);
  const port = await listen(server, { host, port: first });
  if (first !== 0 && port !== first) say(`Port ${first} is in use, so this is on ${port}.`);
  const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  say(`\n  Policy playground   http://${name}:${port}${basePath}/\n\nCtrl-C ends it.`);

  await new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, done);
  });
  await stop(server);
  say('\nStopped.');
}
