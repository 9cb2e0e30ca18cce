import { afterAll, describe, expect, it } from 'vitest';
import { Misuse } from '../../lib/cli';
import { readOptions } from './options';
import { readServers } from './servers';
import { newPlace } from './testdata/started';

const place = newPlace();
afterAll(place.remove);

describe('the servers', () => {
  const read = (servers: unknown, environment: Record<string, string> = {}) =>
    readServers(place.write('servers.json', servers), environment);

  it('are read with what the policy knows of them', () => {
    const servers = {
      mcpServers: {
        files: {
          command: 'node',
          args: ['${ROOT}/x.js', '$HOME'],
          env: { TOKEN: '${TOKEN}' },
          cwd: 'sub',
          name: 'Files',
          tags: ['a'],
        },
        'a.b-c_d': { type: 'http', url: 'https://mcp.example/mcp', headers: { Authorization: 'Bearer ${TOKEN}' } },
        here: { url: 'http://[::1]:8080/mcp' },
      },
    };
    expect(read(servers, { ROOT: '/r', TOKEN: 't' })).toEqual([
      {
        slug: 'files',
        name: 'Files',
        tags: ['a'],
        reach: {
          kind: 'stdio',
          command: 'node',
          args: ['/r/x.js', '$HOME'],
          env: { TOKEN: 't' },
          cwd: place.at('sub'),
        },
      },
      {
        slug: 'a.b-c_d',
        name: null,
        tags: [],
        reach: { kind: 'http', url: new URL('https://mcp.example/mcp'), headers: { Authorization: 'Bearer t' } },
      },
      {
        slug: 'here',
        name: null,
        tags: [],
        reach: { kind: 'http', url: new URL('http://[::1]:8080/mcp'), headers: {} },
      },
    ]);
  });

  const one = (entry: unknown, slug = 's'): unknown => ({ mcpServers: { [slug]: entry } });
  const command = { command: 'node' };
  it.each<[string, unknown, string]>([
    ['is not JSON', '{', 'is not JSON'],
    ['names none', { mcpServers: {} }, 'names no servers'],
    ['is a list', [], 'names no servers'],
    ['has a slug that could be read in two ways', one(command, 'a__b'), 'a slug is made of'],
    ['has a slug that ends in `_`', one(command, 'a_'), 'a slug is made of'],
    ['has a slug with a space', one(command, 'a b'), 'a slug is made of'],
    ['has a word that is not known', one({ ...command, disabled: true }), '`disabled` is none of'],
    ['has both ways to a server', one({ ...command, url: 'https://x' }), 'either `command` or `url`'],
    ['has no way to a server', one({}), 'either `command` or `url`'],
    ['has an environment that is not texts', one({ ...command, env: { A: 1 } }), '`env` must be an object of texts'],
    ['has arguments that are not texts', one({ ...command, args: 'x' }), '`args` must be a list of texts'],
    ['wants a variable that is not set', one({ ...command, env: { A: '${NOT_SET}' } }), '`NOT_SET` is not set'],
    ['would send secrets in clear', one({ url: 'http://mcp.example/mcp' }), '`url` must begin with https:'],
    ['has an address of another kind', one({ url: 'file:///etc/passwd' }), '`url` must begin with https:'],
    ['has an address that is none', one({ url: 'x' }), '`url` must begin with https:'],
  ])('are refused where the file %s', (_, content, message) => {
    expect(() => read(content)).toThrow(Misuse);
    expect(() => read(content)).toThrow(message);
  });

  it('are refused without telling what may be a secret', () => {
    expect(() => read(one({ url: 'http://user:hunter2@mcp.example' }))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }),
    );
  });
});

describe('who calls', () => {
  const identity = (...args: string[]) =>
    readOptions(['--policy', 'p', '--servers', 's', '--audit', 'a', ...args], place.folder)?.identity;

  it.each<[string[], object]>([
    [[], {}],
    [['--agent', 'cursor'], { agent: { slug: 'cursor' } }],
    [['--user', 'u-1'], { user: { id: 'u-1' } }],
    [
      ['--user', 'ana@acme.example', '--group', 'a', '--group', 'b'],
      { user: { email: 'ana@acme.example', groups: ['a', 'b'] } },
    ],
    [['--no-groups', '--instance', 'i'], { instance: { id: 'i' }, user: { groups: [] } }],
  ])('is what %j say, and nothing else', (args, expected) => {
    expect(identity(...args)).toEqual(expected);
  });

  it('can be a file, which options go before', () => {
    const file = place.write('who.json', { agent: { slug: 'a', tags: ['t'] }, instance: null, user: { name: 'Ana' } });
    expect(identity('--identity', file)).toEqual({
      agent: { slug: 'a', tags: ['t'] },
      instance: null,
      user: { name: 'Ana' },
    });
    expect(identity('--identity', 'who.json', '--agent', 'b', '--group', 'g')).toEqual({
      agent: { slug: 'b', tags: ['t'] },
      instance: null,
      user: { name: 'Ana', groups: ['g'] },
    });
  });

  it.each([
    ['[]', 'is not an identity'],
    ['{"agents":{}}', '`agents` is none of'],
    ['{"agent":{"slug":1}}', '/agent/slug'],
  ])('is refused as %s', (content, message) => {
    expect(() => identity('--identity', place.write('wrong.json', content))).toThrow(message);
  });
});
