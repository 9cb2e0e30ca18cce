import { mkdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../lib/cli';
import { readOptions } from './options';
import { checkedTools } from './upstream/names';
import { withoutSecrets } from './upstream/secrets';
import { readServers } from './upstream/servers';
import { tool } from './testdata/parts';
import { newPlace } from './testdata/started';

const place = newPlace();
afterAll(place.remove);

describe('the servers', () => {
  const read = (servers: unknown, environment: Record<string, string> = {}) =>
    readServers(place.write('servers.json', servers), environment);
  mkdirSync(place.at('sub'), { recursive: true });

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
    expect(read(servers, { ROOT: '/r', TOKEN: 't' }).servers).toEqual([
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
    [
      'names a server twice',
      '{"mcpServers":{"a":{"command":"x"},\n"a":{"command":"y"}}}',
      'has a key twice: the second one is on line 2',
    ],
    ['names none', { mcpServers: {} }, 'names no servers'],
    ['is a list', [], 'names no servers'],
    ['has a slug that could be read in two ways', one(command, 'a__b'), 'a slug is made of'],
    ['has a slug that ends in `_`', one(command, 'a_'), 'a slug is made of'],
    ['has a slug with a space', one(command, 'a b'), 'a slug is made of'],
    ['has a word that is not known', one({ ...command, disabledTools: [] }), '`disabledTools` is none of'],
    ['disables all of them', one({ ...command, disabled: true }), 'every server in'],
    [
      'has another value than true or false for disabled',
      one({ ...command, disabled: 'yes' }),
      '`disabled` must be true or false',
    ],
    ['has a type of another kind', one({ url: 'https://x', type: 'websocket' }), '`type` is none of stdio'],
    ['has a type that does not fit', one({ ...command, type: 'sse' }), 'has the `type` `stdio`'],
    ['has a folder that is not there', one({ ...command, cwd: './not/there' }), '`cwd` is no folder: `./not/there`'],
    ['has a variable of another kind', one({ ...command, args: ['${input:key}'] }), '`${input:key}` is not understood'],
    ['wants a variable in its folder', one({ ...command, cwd: '${NOT_SET}' }), '`NOT_SET` is not set'],
    ['has both a command and a URL', one({ ...command, url: 'https://x' }), 'either `command` or `url`'],
    ['has neither a command nor a URL', one({}), 'either `command` or `url`'],
    ['has an environment that is not texts', one({ ...command, env: { A: 1 } }), '`env` must be an object of texts'],
    ['has arguments that are not texts', one({ ...command, args: 'x' }), '`args` must be a list of texts'],
    ['wants a variable that is not set', one({ ...command, env: { A: '${NOT_SET}' } }), '`NOT_SET` is not set'],
    ['would send secrets in clear', one({ url: 'http://mcp.example/mcp' }), '`url` must begin with https:'],
    ['has an address of another kind', one({ url: 'file:///etc/passwd' }), '`url` must begin with https:'],
    ['has an invalid address', one({ url: 'x' }), '`url` must begin with https:'],
  ])('are refused where the file %s', (_, content, message) => {
    expect(() => read(content)).toThrow(UsageError);
    expect(() => read(content)).toThrow(message);
  });

  it('may be disabled, and may be written as other clients write them', () => {
    const file = {
      servers: {
        off: { command: 'node', disabled: true },
        off_too: { command: 'node', enabled: false },
        a: { type: 'streamable-http', url: 'https://mcp.example/a', alwaysAllow: ['x'] },
        b: { type: 'sse', url: 'https://mcp.example/b' },
        c: { transport: 'http', url: 'https://mcp.example/c' },
        d: { type: 'stdio', command: '${env:NODE}', args: ['${LEVEL:-debug}', '${EMPTY:-x}'] },
      },
    };
    const { servers, remarks } = read(file, { NODE: 'node', EMPTY: '' });
    expect(servers.map(({ slug, reach }) => `${slug} ${reach.kind}`)).toEqual(['a http', 'b sse', 'c http', 'd stdio']);
    expect(servers[3]?.reach).toMatchObject({ command: 'node', args: ['debug', 'x'] });
    expect(remarks).toEqual([
      'off: is disabled in the file, and left out',
      'off_too: is disabled in the file, and left out',
      'a: `alwaysAllow` changes nothing here',
      'd: the environment variable `LEVEL` is not set: its default is used',
      'd: the environment variable `EMPTY` is not set: its default is used',
    ]);
  });

  it('have secrets that no message contains, in any encoding', () => {
    const { secrets } = read(
      {
        mcpServers: {
          a: { command: 'node', args: ['--key', '${KEY}'], env: { PASSWORD: 'swordfish "1"' } },
          b: {
            url: 'https://ana:opensesame@mcp.example/?token=a%20b%2Fc',
            headers: { Authorization: 'Bearer hunter2' },
          },
        },
      },
      { KEY: 'abracadabra' },
    );
    const clean = withoutSecrets(secrets);
    const shown =
      'abracadabra; swordfish "1"; {"p":"swordfish \\"1\\""}; opensesame; a b/c; a%20b%2Fc; Bearer hunter2; hunter2';
    expect(clean(shown)).toBe('[secret]; [secret]; {"p":"[secret]"}; [secret]; [secret]; [secret]; [secret]; [secret]');
    expect(clean('Bearer of a node, 1')).toBe('Bearer of a node, 1');
  });

  it('are refused without showing what may be a secret', () => {
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

describe('the names of tools', () => {
  it('are checked as clients see them, and only the first of each can be called', () => {
    const first = tool('read', { title: 'First' });
    const listed = [first, tool('read'), tool('admin.reset'), tool('x'.repeat(60))];
    expect(checkedTools('files', listed, false)).toEqual({
      tools: [first, listed[2], listed[3]],
      remarks: [
        'the tool `read` is listed twice: the first one is taken',
        'many clients refuse the name `admin.reset`: it has others than letters, digits, `_` and `-`',
      ],
    });
    expect(checkedTools('files', listed, true).remarks.at(-1)).toBe(
      `many clients refuse the name \`files__${'x'.repeat(60)}\`: it has 67 characters, and more than 64`,
    );
  });
});
