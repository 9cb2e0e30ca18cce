import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallAmongRules, decideRow, type Call } from '../engine';
import type { PolicyQuestion, StatedCalls } from '../statements';
import { answerQuestion, policyRegion, type PolicyRegion } from './index';
import { smallPolicy, UNIVERSE } from './testdata/small-world';

const RUNS = Number(process.env['REGION_RUNS'] ?? 15);
const sample = UNIVERSE.filter((_, i) => i % 7 === 0);

const TOOLS = { 'a*': /^a/, '*b': /b$/, ab: /^ab$/ };

const calls: fc.Arbitrary<StatedCalls> = fc.record(
  {
    subject: fc.record({
      facet: fc.constant('agents' as const),
      names: fc.constantFrom<readonly string[]>(['x'], ['x', 'y'], ['tag:t']),
      but: fc.boolean(),
    }),
    tools: fc.subarray(Object.keys(TOOLS)),
    resources: fc.constantFrom<readonly string[]>([], ['r']),
  },
  { requiredKeys: ['tools', 'resources'] },
);

const question: fc.Arbitrary<PolicyQuestion> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('calls' as const),
      calls,
      verdict: fc.constantFrom('allowed' as const, 'allowed-ungated' as const, 'denied' as const),
    }),
  },
  fc.record({ kind: fc.constantFrom('error' as const, 'decided' as const), rule: fc.integer({ min: 1, max: 5 }) }),
  fc.constant({ kind: 'default' as const }),
);

/** Whether a call answers a question, by what the engine decides and by the words of the question alone. */
function answers(asked: PolicyQuestion, { policy, compiled }: PolicyRegion, call: Call): boolean {
  const { effect, decidedBy } = decideRow(compiled, call);
  const decider =
    'ruleId' in decidedBy ? policy.rules.findIndex(({ id }) => id === decidedBy.ruleId) : policy.rules.length;
  switch (asked.kind) {
    case 'calls':
      if (!isAmong(asked.calls, call)) return false;
      if (asked.verdict === 'denied') return effect === 'deny';
      return effect === 'allow' && (asked.verdict === 'allowed' || policy.rules[decider]?.effect === 'allow');
    case 'decided':
      return decider === Number(asked.rule) - 1;
    case 'error':
      return (
        decider >= Number(asked.rule) &&
        new CallAmongRules(compiled, call).outcomeOf(Number(asked.rule) - 1) === 'error'
      );
    default:
      return decider === policy.rules.length;
  }
}

function isAmong({ subject, tools, resources }: StatedCalls, { agent, tool, resource }: Call): boolean {
  const named =
    subject?.names.some((name) => name === agent?.slug || (name === 'tag:t' && agent?.tags?.includes('t'))) ?? true;
  return (
    named !== (subject?.but ?? false) &&
    (tools.length === 0 || tools.some((one) => TOOLS[one as keyof typeof TOOLS].test(tool?.name ?? ''))) &&
    (resources.length === 0 || resources.includes(resource?.slug ?? ''))
  );
}

test('an invariant is proven only where no call breaks it, and each counterexample does', async () => {
  const counts = { call: 0, none: 0, unknown: 0 };
  await fc.assert(
    fc.asyncProperty(smallPolicy(5), fc.array(question, { minLength: 3, maxLength: 6 }), async (policy, questions) => {
      const region = await policyRegion(policy);
      for (const asked of questions) {
        const answer = await answerQuestion(region, asked);
        if (answer.kind === 'no-rule' || answer.kind === 'no-tools') continue;
        counts[answer.kind]++;
        if (answer.kind === 'call') expect(answers(asked, region, answer.call)).toBe(true);
        if (answer.kind === 'none') expect(sample.find((call) => answers(asked, region, call))).toBeUndefined();
      }
    }),
    { numRuns: RUNS },
  );
  expect(counts.unknown / (counts.call + counts.none + counts.unknown)).toBeLessThan(0.05);
  if (process.env['REGION_RUNS']) console.log(counts);
});
