import { describe, expect, test } from 'vitest';
import { bundleOf, writeBundle } from '../bundle';
import { EXPORTED_POLICY } from '../reproduce/testdata/exported-log';
import { run } from './testdata/harness';

const TABLE = 'When,Function,Outcome\n2026-03-02T10:00:00Z,list_orders,allow\n';
const files = (map: object) => ({
  p: writeBundle(bundleOf('Shop', EXPORTED_POLICY)),
  log: TABLE,
  map: JSON.stringify(map),
});

describe('a mapping given by hand', () => {
  test('that names a column which the table lacks is said, with the columns that it has', async () => {
    const { err } = await run(['reproduce', 'p', 'log', '--map', 'map'], files({ 'tool.name': 'Tool', time: 'When' }));
    expect(err).toContain(
      'the mapping gives `Tool` for `tool.name`, which the first entries do not have: they have `When`, `Function`, `Outcome`',
    );
    expect(err).not.toContain('gives `When`');
  });

  test('that names a member which no entry has is said', async () => {
    const entry = {
      id: 'e',
      timestamp: '2026-03-02T10:00:00Z',
      action: 'gateway.tool.executed',
      details: { tool: 'list_orders' },
    };
    const log = JSON.stringify(entry);
    const { err } = await run(['reproduce', 'p', 'log', '--map', 'map'], {
      ...files({ 'tool.name': 'details.name' }),
      log,
    });
    expect(err).toContain('the mapping gives `details.name` for `tool.name`, which the first entries do not have');
  });

  test('that fits, or leaves a field out, is read without a word', async () => {
    const { err } = await run(['reproduce', 'p', 'log', '--map', 'map'], files({ 'tool.name': 'Function', args: '' }));
    expect(err).not.toContain('do not have');
    expect(err).toContain('1 reproduced');
  });
});

test('two forms of output at once are refused', async () => {
  const { code, err } = await run(['reproduce', 'p', 'log', '--json', '--markdown'], files({}));
  expect(code).toBe(2);
  expect(err).toContain('`--json` and `--markdown` exclude each other');
});
