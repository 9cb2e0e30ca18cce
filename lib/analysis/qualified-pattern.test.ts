import { expect, test } from 'vitest';
import { qualifiedPattern } from './qualified-pattern';

test.each<[string, readonly string[], unknown]>([
  ['mcp__tracker__delete_*', [], { resource: 'tracker', tool: 'delete_*', certain: true }],
  ['mcp__tracker', ['tracker'], { resource: 'tracker', tool: '*', certain: true }],
  ['mcp__*', ['tracker'], { resource: undefined, tool: '*', certain: true }],
  ['mcp__*__delete', [], { resource: undefined, tool: 'delete', certain: true }],
  ['tracker:delete_*', ['tracker'], { resource: 'tracker', tool: 'delete_*', certain: true }],
  ['tracker.delete_project', ['tracker'], { resource: 'tracker', tool: 'delete_project', certain: true }],
  ['Tracker/delete', ['tracker'], { resource: 'tracker', tool: 'delete', certain: true }],
  ['mcp_tracker_delete', ['tracker'], { resource: 'tracker', tool: 'delete', certain: true }],
  ['mcp_tracker_delete', [], undefined],
  ['tracker__delete_*', [], { resource: 'tracker', tool: 'delete_*', certain: false }],
  ['tracker.delete', ['chat'], { resource: 'tracker', tool: 'delete', certain: false }],
  ['mcp-tracker-delete_*', ['tracker'], { resource: 'tracker', tool: 'delete_*', certain: true }],
  ['*__delete_*', ['tracker'], { resource: undefined, tool: 'delete_*', certain: false }],
  ['*__*', [], undefined],
  ['fs.*', [], undefined],
  ['send_message', ['send'], undefined],
  ['*', [], undefined],
])('%s beside %j', (pattern, resources, expected) => {
  expect(qualifiedPattern(pattern, resources)).toEqual(expected);
});
