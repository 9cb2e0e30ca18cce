/** Decisions, one case each: rules, a call, and what comes of it. */
import type { Decision, StepOutcome } from '../model/decision';
import type { WrittenRule } from '../model/defaults';

export type Written = Partial<Omit<WrittenRule, 'id'>>;

export const SEND = {
  tool: { name: 'send_x' },
  args: { n: 1 },
  agent: { slug: 'a', tags: [] },
  resource: { slug: 'r', tags: [] },
};
export const USER = { user: { id: 'u', email: 'u@x', groups: ['g'] } };
export const IS_2 = 'request.args.n == 2.0';
export const NO_Z = 'request.args.z == 2.0';


export interface DecisionCase {
  readonly says: string;
  readonly rules: readonly Written[];
  readonly deny?: true;
  readonly of: object;
  readonly effect: Decision['effect'];
  /** `rule r0`, `gate r0`, `default`, or those that could decide and what they wait for. */
  readonly by: string;
  readonly hazards?: readonly string[];
  readonly steps?: readonly StepOutcome['kind'][];
}

export const DECISIONS: readonly DecisionCase[] = [
  { says: 'no rule at all', rules: [], of: SEND, effect: 'deny', by: 'default', steps: [] },
  {
    says: 'the first match wins',
    rules: [{}, { effect: 'deny' }],
    of: SEND,
    effect: 'allow',
    by: 'rule r0',
    steps: ['matched', 'not-reached'],
  },
  {
    says: 'only active rules are evaluated',
    rules: [{ status: 'draft' }, { status: 'disabled' }, { effect: 'deny' }],
    of: SEND,
    effect: 'deny',
    by: 'rule r2',
    steps: ['not-active', 'not-active', 'matched'],
  },
  {
    says: 'a facet that fails',
    rules: [{ scope: { agents: ['b'] } }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    steps: ['scope-mismatch'],
  },
  {
    says: 'a pattern that fails',
    rules: [{ tools: ['get'] }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    steps: ['no-pattern'],
  },
  {
    says: 'a tool that is absent',
    rules: [{}],
    of: { ...SEND, tool: { name: null } },
    effect: 'deny',
    by: 'default',
    steps: ['no-pattern'],
  },
  {
    says: 'a tool that is unknown, and stars alone',
    rules: [{}],
    of: {},
    effect: 'allow',
    by: 'rule r0',
    steps: ['matched'],
  },
  {
    says: 'a tool that is unknown',
    rules: [{ tools: ['a*'] }],
    of: {},
    effect: 'conditional',
    by: 'r0 default: tool.name',
    steps: ['unknown'],
  },
  {
    says: 'a condition that does not compile',
    rules: [{ condition: 'nope(' }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['our-reading error-skips r0'],
    steps: ['condition-error', 'matched'],
  },
  {
    says: 'an empty condition',
    rules: [{ condition: '' }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    steps: ['condition-error'],
  },
  {
    says: 'a condition that is no boolean',
    rules: [{ condition: 'request.args.n' }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    steps: ['condition-error'],
  },
  {
    says: 'a deny that errs is skipped',
    rules: [{ effect: 'deny', condition: NO_Z }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['deny-skipped r0', 'our-reading error-skips r0'],
    steps: ['condition-error', 'matched'],
  },
  {
    says: 'a deny that errs above the default turns nothing',
    rules: [{ effect: 'deny', condition: NO_Z }],
    of: SEND,
    effect: 'deny',
    by: 'default',
  },
  {
    says: 'a false deny is no hazard',
    rules: [{ effect: 'deny', condition: IS_2 }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
  },
  {
    says: 'a false gate falls through',
    rules: [{ effect: 'gated', condition: IS_2 }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['gate-passed r0'],
    steps: ['condition-false', 'matched'],
  },
  {
    says: 'a false gate denies',
    rules: [{ effect: 'gated', condition: IS_2 }, {}],
    deny: true,
    of: SEND,
    effect: 'deny',
    by: 'gate r0',
    steps: ['gate-denied', 'not-reached'],
  },
  {
    says: 'a gate that errs is skipped, even so',
    rules: [{ effect: 'gated', condition: NO_Z }, {}],
    deny: true,
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['gate-passed r0', 'our-reading error-skips r0'],
  },
  {
    says: 'an unknown gate could be true, false or err',
    rules: [{ effect: 'gated', condition: IS_2 }, {}],
    deny: true,
    of: { ...SEND, args: undefined },
    effect: 'conditional',
    by: 'r0 r1: request.args.n',
    steps: ['unknown', 'matched'],
  },
  {
    says: 'an unknown gate above the like is no question where a false one continues',
    rules: [{ effect: 'gated', condition: IS_2 }, {}],
    of: { ...SEND, args: undefined },
    effect: 'allow',
    by: 'r0 r1: request.args.n',
    steps: ['unknown', 'matched'],
  },
  {
    says: 'no hazard below a rule that may decide',
    rules: [{ condition: IS_2 }, { effect: 'gated', condition: 'agent.slug == "b"' }, {}],
    of: { ...SEND, args: undefined },
    effect: 'allow',
    by: 'r0 r2: request.args.n',
    steps: ['unknown', 'condition-false', 'matched'],
  },
  {
    says: 'an allow on the condition of a deny above never gets its turn',
    rules: [{ effect: 'deny', condition: IS_2 }, { condition: IS_2 }],
    of: { ...SEND, args: undefined },
    effect: 'deny',
    by: 'r0 default: request.args.n',
    steps: ['unknown', 'unknown'],
  },
  {
    says: 'nor one whose scope the denies above cover between them',
    rules: [
      { effect: 'deny', scope: { agents: ['a'] } },
      { effect: 'deny', scope: { agents: ['b'] } },
      { scope: { agents: ['a', 'b'] } },
    ],
    of: { ...SEND, agent: {} },
    effect: 'deny',
    by: 'r0 r1 default: agent.slug',
  },
  {
    says: 'nor one whose patterns a wider one covers',
    rules: [{ effect: 'deny', tools: ['send_*'] }, { tools: ['send_*_x'] }],
    of: { agent: {} },
    effect: 'deny',
    by: 'r0 default: tool.name',
  },
];
