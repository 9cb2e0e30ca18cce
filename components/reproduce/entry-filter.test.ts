import { expect, test } from 'vitest';
import { callId } from '@/lib/engine';
import { RECORDED_CODES, type RecordedVerdict } from '@/lib/trace';
import type { NotableEntry, ReproducedEntries } from '@/lib/worker';
import { causeCounts, listedEntries, verdictCounts } from './entry-filter';

const VERDICTS: readonly RecordedVerdict[] = [
  'reproduced',
  'diverged',
  'none',
  'not-reproducible',
  'diverged',
  'diverged',
  'other-rule',
];

function notable(
  index: number,
  verdict: RecordedVerdict,
  ...kinds: readonly ('rule-order' | 'inactive-rule')[]
): NotableEntry {
  const decision = { effect: 'deny', decidedBy: { kind: 'default' } } as const;
  return {
    index,
    call: { id: callId(`c${index}`) },
    decision,
    verdict,
    missing: [],
    causes: kinds.map((kind) => ({
      ...(kind === 'rule-order' ? { kind, place: 'last' as const } : { kind, status: 'draft' as const }),
      ruleId: 'r' as never,
      gives: decision,
      recordedRule: 'unnamed',
      assumed: 1,
    })),
  };
}

const count = (verdict: RecordedVerdict): number => VERDICTS.filter((one) => one === verdict).length;

const ENTRIES: ReproducedEntries = {
  log: 1,
  verdicts: Uint8Array.from(VERDICTS, (one) => RECORDED_CODES.indexOf(one)),
  counts: {
    none: count('none'),
    reproduced: count('reproduced'),
    'other-rule': count('other-rule'),
    diverged: count('diverged'),
    'not-reproducible': count('not-reproducible'),
  },
  notable: [
    notable(1, 'diverged', 'rule-order', 'inactive-rule'),
    notable(3, 'not-reproducible'),
    notable(4, 'diverged'),
    notable(6, 'other-rule'),
  ],
  further: 1,
  evidence: { events: [], contradictions: new Map() },
};

test.each([
  ['all', 'any', [0, 1, 2, 3, 4, 5, 6]],
  ['differs', 'any', [1, 3, 4, 5, 6]],
  ['diverged', 'any', [1, 4, 5]],
  ['none', 'any', [2]],
  ['diverged', 'rule-order', [1]],
  // It is the second cause, and causes are filtered by the likeliest.
  ['diverged', 'inactive-rule', []],
  // The entry at 5 is beyond those of which causes are looked for.
  ['differs', 'none', [4]],
] as const)('of verdict %s and cause %s, entries %j are listed', (verdict, cause, places) => {
  expect([...listedEntries(ENTRIES, { verdict, cause })]).toEqual(places);
});

test('what there is none of is not offered, but for divergences', () => {
  expect(verdictCounts(ENTRIES)).toEqual([
    ['differs', 5],
    ['diverged', 3],
    ['not-reproducible', 1],
    ['other-rule', 1],
    ['reproduced', 1],
    ['none', 1],
    ['all', 7],
  ]);
  const clean = { ...ENTRIES, counts: { none: 0, reproduced: 7, 'other-rule': 0, diverged: 0, 'not-reproducible': 0 } };
  expect(verdictCounts(clean).map(([verdict]) => verdict)).toEqual(['differs', 'diverged', 'reproduced', 'all']);
});

test('causes are counted by the likeliest of each divergence', () => {
  expect(causeCounts(ENTRIES)).toEqual([
    ['rule-order', 1],
    ['none', 1],
  ]);
});
