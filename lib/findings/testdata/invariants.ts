/** Policies with an invariant each, and what is to be said of it. */
import type { Catalog, WrittenRule } from '../../engine';

type CaseRule = Omit<WrittenRule, 'id' | 'name'> & { readonly id: string };

export interface InvariantCase {
  readonly line: string;
  readonly rules: readonly CaseRule[];
  /** Nothing where it is proven; else how the message ends. */
  readonly says?: string;
  /** Facts of the counterexample. */
  readonly call?: object;
  readonly gatedWhenFalse?: 'deny';
}

export const CATALOG: Partial<Catalog> = {
  resources: [
    {
      slug: 'github',
      tags: ['production'],
      tools: [
        { name: 'delete_repository', annotations: { destructiveHint: true } },
        { name: 'get_file', annotations: { readOnlyHint: true } },
      ],
    },
    { slug: 'wiki', tools: [{ name: 'get_page' }] },
  ],
  agents: [{ slug: 'codex' }, { slug: 'cursor' }],
  users: [{ id: 'ann', email: 'ann@example.com', groups: ['staff'] }],
};

const ALLOW_ALL: CaseRule = { id: 'all', effect: 'allow', tools: ['*'] };
const DELETES = ['delete_*'];

export const INVARIANT_CASES: readonly InvariantCase[] = [
  {
    line: 'no agent but `codex` may ever `allow` `delete_*` on `github`',
    rules: [{ id: 'd', effect: 'deny', tools: DELETES, scope: { resources: ['github'] } }, ALLOW_ALL],
  },
  {
    line: 'no agent but `codex` may ever call `delete_*` on `github`',
    rules: [{ id: 'codex', effect: 'allow', tools: DELETES, scope: { agents: ['codex'] } }, { id: 'd', effect: 'deny', tools: DELETES }, ALLOW_ALL],
  },
  {
    line: 'no agent but `codex` may ever call `delete_*` on `github`',
    rules: [{ id: 'd', effect: 'deny', tools: DELETES, scope: { agents: ['tag:untrusted'] } }, ALLOW_ALL],
    says: '`all` decides a call otherwise',
    call: { agent: { slug: 'cursor' }, tool: { name: 'delete_repository' }, resource: { slug: 'github' } },
  },
  {
    // A deny rule whose condition can fail.
    line: 'no one may ever call `pay`',
    rules: [{ id: 'd', effect: 'deny', tools: ['pay'], condition: 'request.args.amount >= 0 || request.args.amount < 0' }, ALLOW_ALL],
    says: '`all` decides a call otherwise',
    call: { tool: { name: 'pay' } },
  },
  {
    line: 'every destructive tool is gated or denied',
    rules: [{ id: 'gate', effect: 'gated', tools: DELETES, condition: 'user.email.endsWith("@example.com")' }],
  },
  {
    line: 'every destructive tool is gated or denied',
    rules: [{ id: 'gate', effect: 'gated', tools: DELETES, condition: 'user.email.endsWith("@example.com")' }, ALLOW_ALL],
    says: '`all` decides a call otherwise',
    call: { tool: { name: 'delete_repository' } },
  },
  {
    // A gate that errs is passed also where a false one denies.
    line: 'every destructive tool is gated or denied',
    rules: [{ id: 'gate', effect: 'gated', tools: DELETES, condition: 'request.args.sure' }, ALLOW_ALL],
    gatedWhenFalse: 'deny',
    says: '`all` decides a call otherwise',
    call: { tool: { name: 'delete_repository' } },
  },
  {
    line: 'every destructive tool is gated or denied',
    rules: [{ id: 'gate', effect: 'gated', tools: DELETES, condition: 'has(request.args) && has(request.args.sure)' }, ALLOW_ALL],
    gatedWhenFalse: 'deny',
  },
  { line: 'every open-world tool is denied', rules: [], says: 'is not checked: the catalog annotates no tool so' },
  {
    line: 'user `ann` never reaches `tag:production`',
    rules: [{ id: 'd', effect: 'deny', tools: ['*'], scope: { users: ['ann'] } }, ALLOW_ALL],
  },
  {
    line: 'user `ann` never reaches `tag:production`',
    rules: [{ id: 'd', effect: 'deny', tools: ['*'], scope: { groups: ['staff'] } }, ALLOW_ALL],
    says: '`all` decides a call otherwise',
    call: { user: { id: 'ann' }, resource: { tags: ['production'] } },
  },
  {
    line: 'every tool `get_*` on `github` is allowed for agent `cursor`',
    rules: [{ id: 'g', effect: 'allow', tools: ['get_*', 'list_*'] }],
  },
  {
    line: 'every tool `get_*` is allowed for agent `cursor`',
    rules: [{ id: 'g', effect: 'allow', tools: ['get_*'], scope: { resources: ['github'] } }],
    says: 'the default decides a call otherwise',
    call: { agent: { slug: 'cursor' }, tool: { name: 'get_page' } },
  },
  {
    line: 'condition of rule 2 never errs',
    rules: [ALLOW_ALL, { id: 'g', effect: 'deny', tools: ['x'], condition: 'request.args.n > 1' }],
  },
  {
    line: 'the condition of rule `g` never errs',
    rules: [{ id: 'g', effect: 'deny', tools: ['x'], condition: 'has(request.args) && has(request.args.n) && request.args.n == 1' }, ALLOW_ALL],
  },
  {
    line: 'the condition of rule `g` never errs',
    rules: [{ id: 'g', effect: 'deny', tools: ['x'], condition: 'request.args.n > 1' }, ALLOW_ALL],
    says: 'the condition errs on a call that `all` then decides',
    call: { tool: { name: 'x' } },
  },
  { line: 'condition of rule 7 never errs', rules: [ALLOW_ALL], says: 'names rule 7, and the policy has only 1 rule' },
  { line: 'condition of rule `7` never errs', rules: [ALLOW_ALL], says: 'names a rule that the policy does not have, or has twice' },
  { line: 'condition of rule 1 never errs', rules: [{ id: 'g', effect: 'deny', tools: ['x'], condition: 'n', status: 'draft' }], says: 'is not checked: the rule is not active' },
  {
    line: 'no one may ever call `x`',
    rules: [{ id: 'g', effect: 'allow', tools: ['x'], condition: 'user.email.matches("^(a+)+$") && !user.email.matches("a")' }],
    says: 'is neither proven nor refuted',
  },
  { line: 'nothing is allowed', rules: [], says: 'is not understood: expected `agent`, `user`, `group`, `instance`, `every`, `no` or `condition`, but found `nothing`' },
];
