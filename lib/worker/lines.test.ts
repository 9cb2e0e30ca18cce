import { expect, test } from 'vitest';
import { callId, type Call } from '../engine';
import { packCalls, TraceColumns } from '../trace';
import { facetsOf } from './lines';

const PARTS: readonly Omit<Call, 'id'>[] = [
  { instance: { id: 'i-1', name: 'laptop' }, user: { email: 'ana@acme.example', groups: ['ops', 'finance', 'ops'] } },
  { instance: { id: 'i-2', name: 'laptop' }, user: { email: 'bo@acme.example', groups: ['ops'] } },
  { instance: { id: 'i-1', name: 'renamed' }, user: { email: 'ana@acme.example', groups: [] } },
  { instance: { name: 'of no id' }, user: { email: 'cy@acme.example' } },
  { instance: null, user: null },
  {},
];

function columnsOf(parts: readonly Omit<Call, 'id'>[]): TraceColumns {
  const columns = new TraceColumns();
  columns.append(packCalls(parts.map((part, i) => ({ ...part, id: callId(String(i)) }))).head);
  return columns;
}

const said = (counts: readonly { value: string; count: number }[]) =>
  counts.map(({ value, count }) => `${value} ${count}`);

test('instances are counted by id, whatever they are called', () => {
  expect(said(facetsOf(columnsOf(PARTS)).instances)).toEqual(['i-1 2', 'i-2 1']);
});

test('a call counts once for each group of its user', () => {
  expect(said(facetsOf(columnsOf(PARTS)).groups)).toEqual(['ops 2', 'finance 1']);
});

test('users are counted by address', () => {
  expect(said(facetsOf(columnsOf(PARTS)).users)).toEqual([
    'ana@acme.example 2',
    'bo@acme.example 1',
    'cy@acme.example 1',
  ]);
});

test('nothing known counts nothing', () => {
  expect(facetsOf(columnsOf([{}, {}]))).toEqual({
    agents: [],
    instances: [],
    users: [],
    groups: [],
    resources: [],
    tools: [],
  });
});
