import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleOf, canonical, digestOf, encodeLink, decodeLink, type Bundle } from '../bundle';
import { callId, compilePolicy, decide, fillRule, ruleId, type Call, type Json } from '../engine';
import { planRedaction } from './prove';
import { redact } from './redact';

/** Letters that no stand-in has, so that an original that survives is seen. */
const word = fc.stringMatching(/^[qxwchjy]{4,9}$/);
const Word = word.map((text) => text.charAt(0).toUpperCase() + text.slice(1));
const CONDITIONS = [
  null,
  'request.args.amount < 500.0',
  'request.args.to.endsWith("@acme.example")',
  'user.email == request.args.to',
  'request.args.path.startsWith("/srv/") && !request.args.path.contains("..")',
  'request.args.text.matches("^[A-Z][a-z]+$")',
  'size(request.args.text) > 6',
  'user.groups.exists(g, g == "finance")',
  'request.ip.startsWith("10.")',
  'timestamp(request.args.at) < timestamp("2026-01-01T00:00:00Z")',
  'request.args.text in request.args.list',
];
const rule = fc
  .record({
    effect: fc.constantFrom('allow' as const, 'deny' as const, 'gated' as const),
    condition: fc.constantFrom(...CONDITIONS),
    users: fc.constantFrom([], ['ana@acme.example'], ['u-17']),
  })
  .map(({ effect, condition, users }) => ({
    effect,
    condition: effect === 'gated' ? (condition ?? 'true') : condition,
    scope: { users },
    tools: ['*'],
  }));
const text = fc.oneof(
  word,
  Word,
  fc.tuple(word, word).map(([a, b]) => `${a} ${b}-7`),
  word.map((name) => `/srv/${name}.csv`),
  fc.tuple(word, word).map(([a, b]) => `${a}@${b}.com`),
  fc.constantFrom('ana@acme.example', 'finance', '', '--', '2025-03-04T10:11:12Z', '2027-03-04', 'Žluť', '東京都'),
);
const email = fc.oneof(
  word.map((name) => `${name}@acme.example`),
  fc.tuple(word, word).map(([a, b]) => `${a}@${b}.org`),
);
const args = fc.record(
  {
    amount: fc.oneof(fc.integer({ min: -5_000, max: 5_000 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    to: email,
    path: text,
    text,
    at: fc.constantFrom('2025-03-04T10:11:12Z', '2027-03-04T10:11:12.5+01:00', 'soon'),
    list: fc.array(text, { maxLength: 3 }),
    deep: fc.dictionary(fc.constantFrom('first', 'second', 'a b'), text, { maxKeys: 2 }),
  },
  { requiredKeys: [] },
);
const call = fc
  .record(
    {
      user: fc.record({ id: word, email, name: Word, groups: fc.array(fc.oneof(word, fc.constant('finance'))) }),
      instance: fc.record({ id: word, name: Word }),
      tool: fc.constant({ name: 'send' }),
      args,
      ip: fc.constantFrom('10.0.0.7', '172.16.4.5', '2a01:4f8::77'),
      source: word,
    },
    { requiredKeys: ['tool'] },
  )
  .map((facts) => facts as Omit<Call, 'id'>);
const bundles: fc.Arbitrary<Bundle> = fc
  .record({
    rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
    trace: fc.array(call, { minLength: 1, maxLength: 3 }),
    tests: fc.array(call, { maxLength: 1 }),
    said: word,
  })
  .map(({ rules, trace, tests, said }) => {
    const filled = rules.map((one, at) =>
      fillRule({ ...one, id: ruleId(`r${String(at)}`), name: `Rule ${String(at)}` }),
    );
    const calls = trace.map((one, at) => ({ ...one, id: callId(`${said}-${String(at)}`) }));
    return bundleOf(
      'Desk',
      { rules: filled, settings: { gatedWhenFalse: 'continue' } },
      {
        trace: calls,
        focus: callId(`${said}-0`),
        tests: tests.map((one) => ({
          name: `${one.user?.name ?? 'Nobody'} may send`,
          call: { ...one, id: callId('t') },
          expect: { effect: 'allow' as const },
        })),
        notes: `Seen with ${calls[0]?.user?.email ?? 'nobody@nowhere.example'} and ${calls[0]?.args?.['text'] as string}.`,
        dismissed: [said],
      },
    );
  });

const outside = ({ rules: _rules, settings: _settings, ...rest }: Bundle): string => canonical(rest as unknown as Json);
/** A text by kinds of characters. */
const shape = (value: string): string =>
  value
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\p{Lo}/gu, 'o')
    .replace(/[1-9]/g, '9');
const special = /\d{4}-\d\d|\d+\.\d+\.\d+|::/;

describe('redaction', () => {
  it('leaves no value that it replaced, gives each a stand-in of its shape, and different ones to different values', () => {
    fc.assert(
      fc.property(bundles, (bundle) => {
        const { bundle: redacted, values } = redact(bundle);
        const left = outside(redacted);
        const standIns = new Map<string, unknown>();
        for (const { value, standIn, kind, fate } of values) {
          if (kind === 'text') continue;
          if (fate === 'in-rules')
            expect(
              `${bundle.rules.map(({ condition, scope }) => JSON.stringify([condition, scope])).join()}`.toLowerCase(),
            ).toMatch(/finance|acme|u-17|10\.|srv|2026/);
          if (fate !== 'replaced') continue;
          if (/[qxwchjy]{4}/i.test(String(value)))
            expect(left.toLowerCase()).not.toContain(String(value).toLowerCase());
          if (typeof value === 'string' && !special.test(value)) expect(shape(standIn as string)).toBe(shape(value));
          expect(typeof standIn).toBe(typeof value);
          if (typeof value === 'string') {
            expect(standIns.has(value)).toBe(false);
            standIns.set(value, standIn);
          }
        }
        expect(new Set(standIns.values()).size).toBe(standIns.size);
        // No word of people and data is left at all.
        expect(left).not.toMatch(/[qxwchjy]{4}/i);
        expect(digestOf(redacted)).toBe(digestOf(bundle));
        expect(left).not.toContain('source');
      }),
      { numRuns: 600 },
    );
  });

  it('is taken for unchanged only where every decision is, and what it names as needed is enough', async () => {
    let needed = 0;
    await fc.assert(
      fc.asyncProperty(bundles, async (bundle) => {
        const plan = await planRedaction(bundle);
        if (plan.needs.length > 0) needed++;
        expect(plan.changed > 0).toBe(plan.needs.length > 0);
        const keep = new Set(plan.needs.map(({ value }) => String(value)));
        const again = keep.size > 0 ? await planRedaction(bundle, keep) : plan;
        expect(again.needs).toEqual([]);
        const policy = await compilePolicy(bundle);
        bundle.trace?.forEach((one, at) => {
          const was = decide(policy, one);
          const is = decide(policy, again.bundle.trace?.[at] as Call);
          expect([is.effect, is.decidedBy, is.hazards]).toEqual([was.effect, was.decidedBy, was.hazards]);
          expect(is.steps.map(({ kind }) => kind)).toEqual(was.steps.map(({ kind }) => kind));
        });
      }),
      { numRuns: 400 },
    );
    expect(needed).toBeGreaterThan(8);
  });

  it('reads back from a link as it was made', () => {
    fc.assert(
      fc.property(bundles, (bundle) => {
        const { bundle: redacted } = redact(bundle);
        const encoded = encodeLink(redacted);
        const decoded = decodeLink(encoded.ok ? encoded.fragment : '');
        expect(decoded.ok && canonical(decoded.bundle as unknown as Json)).toBe(canonical(redacted as unknown as Json));
      }),
      { numRuns: 100 },
    );
  });
});

describe('the sample', () => {
  const sample = (name: string): string =>
    readFileSync(new URL(`../../public/samples/${name}`, import.meta.url), 'utf8');
  const policy = JSON.parse(sample('acme.policy.json')) as Bundle;
  const calls = sample('acme-tuesday.ndjson')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Call);
  const whole = bundleOf(
    'Acme',
    { rules: policy.rules.map(fillRule), settings: { gatedWhenFalse: 'continue' } },
    { trace: calls },
  );

  it('has no address and no name of a person in it any more, and decides as before', async () => {
    const plan = await planRedaction(whole);
    const keep = new Set(plan.needs.map(({ value }) => String(value)));
    const again = await planRedaction(whole, keep);
    expect([plan.decided, again.changed, again.needs]).toEqual([calls.length, 0, []]);
    const left = outside(again.bundle);
    // The support bot is an agent as well, and agents keep their names.
    const people = new Set(
      calls.flatMap(({ user }) => [user?.email, user?.name].filter((one) => typeof one === 'string')),
    );
    expect(people.size).toBeGreaterThan(3);
    expect(
      [...people].filter((person) => !keep.has(person) && person !== 'Support bot' && left.includes(person)),
    ).toEqual([]);
  });
});
