import { describe, expect, test } from 'vitest';
import { conversationLook, unreadCalls } from './sightings';

const pathsIn = (value: unknown, claimed: readonly object[] = [], refused: readonly string[] = []): readonly string[] =>
  unreadCalls(value, conversationLook, new Set(claimed), refused).map(({ path }) => path);

describe('what looks like a tool call', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['an item of the Responses API', { type: 'mcp_call', name: 'a', arguments: '{}', output: 'b' }, ['']],
    ['an item without a name', { output: [{ type: 'web_search_call', id: 'w' }] }, ['/output/0']],
    ['a call by its key', { content: [{ toolUse: { name: 'a', input: {} } }] }, ['/content/0/toolUse']],
    ['calls in a list', { tool_calls: [{ name: 'a' }, { name: 'b' }] }, ['/tool_calls/0', '/tool_calls/1']],
    [
      'a call around its function, once',
      { tool_calls: [{ type: 'function', function: { name: 'a', arguments: '{}' } }] },
      ['/tool_calls/0'],
    ],
    [
      'a call whose arguments look like one, once',
      { functionCall: { name: 'a', args: { tool: { name: 'b' } } } },
      ['/functionCall'],
    ],
    [
      'a part of a UI message',
      { parts: [{ type: 'tool-search', state: 'output-available', input: {} }] },
      ['/parts/0'],
    ],
    ['a role', [{ role: 'tool-call', content: [] }], ['/0']],
    ['a part in a text', { content: '[{"type":"tool_use","name":"a","input":{}}]' }, ['/content/0']],
    ['calls in a text', { tool_calls: '[{"name":"a"}]' }, ['/tool_calls/0']],
    [
      'a step of an agent',
      {
        steps: [
          { action: 'a', action_input: {} },
          { tool: 'b', tool_input: '' },
        ],
      },
      ['/steps/0', '/steps/1'],
    ],
    ['a key with a slash', { 'a/b': { tool_call: { name: 'x' } } }, ['/a~1b/tool_call']],
  ])('%s', (_, value, paths) => {
    expect(pathsIn(value)).toEqual(paths);
  });
});

test('a text of JSON that is nested without end is not looked into', () => {
  const depth = 90_000;
  expect(pathsIn({ content: '['.repeat(depth) + ']'.repeat(depth) })).toEqual([]);
});

describe('what does not', () => {
  test.each<[string, unknown]>([
    ['a result', { type: 'tool_result', tool_use_id: 'x', content: [{ type: 'tool_use', name: 'quoted', input: {} }] }],
    ['an output', { type: 'function_call_output', call_id: 'x', output: { tool_call: { name: 'quoted' } } }],
    ['a message that answers', { role: 'tool', tool_call_id: 'x', name: 'a', content: '' }],
    ['a message that answers, of another library', { type: 'tool', tool_call_id: 'x', name: 'a', content: '' }],
    ['a list of tools', { tools: [{ type: 'function', function: { name: 'a', parameters: { type: 'object' } } }] }],
    ['a tool without parameters', { tools: [{ type: 'function', function: { name: 'a' } }] }],
    ['a schema', { toolSpec: { name: 'a' }, tool: { name: 'a', input_schema: { type: 'object' } } }],
    ['a choice', { tool_choice: { type: 'function', function: { name: 'a' } } }],
    ['a count', { usage: { server_tool_use: { web_search_requests: 0 } } }],
    ['a list of added names', { type: 'deferred_tools_delta', addedNames: ['a'] }],
    ['an empty list', { tool_calls: [], function_call: null }],
    ['text', { content: 'a tool_call of `x`' }],
  ])('%s', (_, value) => {
    expect(pathsIn(value)).toEqual([]);
  });
});

describe('what was dealt with', () => {
  const call = { name: 'a', arguments: '{}' };
  const other = { type: 'custom_tool_call', name: 'b', input: '' };
  const value = { output: [{ type: 'function_call', function: call }, other] };

  test('what is claimed, and what is around it, is not unread', () => {
    expect(pathsIn(value, [call])).toEqual(['/output/1']);
    expect(pathsIn(value, [call, other])).toEqual([]);
    expect(pathsIn(value, [value.output])).toEqual([]);
  });

  test('what was refused, or holds or lies in what was, is not unread', () => {
    expect(pathsIn(value, [], ['/output/0/function/arguments'])).toEqual(['/output/1']);
    expect(pathsIn(value, [], ['/output'])).toEqual([]);
    expect(pathsIn(value, [], [''])).toEqual([]);
    expect(pathsIn(value, [], ['/output/1'])).toEqual(['/output/0']);
  });
});
