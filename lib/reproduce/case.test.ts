import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { bundleOf, decodeLink, encodeLink, readBundle, writeBundle } from '../bundle';
import type { JsonObject } from '../engine';
import { collectText } from '../trace';
import { caseBundle, changedFindings, readCase } from './case';
import { reproduceLog } from './reproduce';
import { EXPORTED_POLICY as POLICY, exportedLog } from './testdata/exported-log';

const FINDINGS = { events: [], contradictions: {}, findings: [] };

it('is read again from a file and a link with the same evidence, and the same is found', async () => {
  const { calls, policyEvents } = await collectText(exportedLog());
  const { notable, evidence } = await reproduceLog(POLICY, calls, policyEvents);
  const written = caseBundle(
    bundleOf('Shop', POLICY, { trace: notable.map(({ call }) => call) }),
    'Refunds of Monday',
    evidence,
    notable,
  );
  const link = encodeLink(written);
  const decoded = link.ok ? decodeLink(link.fragment) : undefined;
  for (const read of [readBundle(writeBundle(written)), decoded]) {
    if (read?.ok !== true) throw new Error('not read');
    expect(read.warnings).toEqual([]);
    const found = readCase(read.bundle.case ?? {});
    if (!found.ok) throw new Error(found.message);
    expect(found.case.name).toBe('Refunds of Monday');
    expect(found.case.evidence).toEqual(evidence);
    const again = await reproduceLog(read.bundle, read.bundle.trace ?? [], found.case.evidence.events);
    expect(changedFindings(found.case.findings, again.notable)).toBe(0);
    const [, second] = again.notable;
    expect(changedFindings(found.case.findings, second ? [second] : [])).toBe(4);
  }
});

test.each<[JsonObject, string]>([
  [{ name: 7 }, '`case.name` must be a text'],
  [{ events: {} }, '`case.events` must be a list of at most 20,000'],
  [{ events: [{ time: 'x', change: 'created' }, { time: 'x' }] }, '`case.events[1]` is no change of a policy'],
  [{ events: [{ time: 'x', change: 'renamed' }] }, '`case.events[0]` is no change of a policy'],
  [{ events: [{ time: 'x', change: 'updated', before: [] }] }, '`case.events[0]` is no change of a policy'],
  [{ events: [{ time: 'x', change: 'deleted', position: -1 }] }, '`case.events[0]` is no change of a policy'],
  [{ events: [{ time: 'x', change: 'reordered', orderBefore: [1] }] }, '`case.events[0]` is no change of a policy'],
  [{ contradictions: [] }, '`case.contradictions` must count entries by reading'],
  [{ contradictions: { case: 0.5 } }, '`case.contradictions` must count entries by reading'],
  [{ contradictions: { constructor: 1 } }, '`case.contradictions` must count entries by reading'],
  [{ findings: null }, '`case.findings[0]` is no finding'],
  [{ findings: [{ id: 'a', verdict: 'odd', causes: [] }] }, '`case.findings[0]` is no finding'],
  [{ findings: [{ id: 'a', verdict: 'diverged', causes: ['toString'] }] }, '`case.findings[0]` is no finding'],
])('refuses %j', (part, message) => {
  expect(readCase({ ...FINDINGS, ...part })).toEqual({ ok: false, message });
});

it('reads an empty case, and never throws whatever is in one', () => {
  expect(readCase({})).toMatchObject({ ok: true, case: { findings: [] } });
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('name', 'events', 'contradictions', 'findings'), fc.jsonValue()),
      (value) => {
        void readCase(value as JsonObject);
      },
    ),
    { numRuns: 200 },
  );
});
