import type { CSSProperties, ReactNode } from 'react';
import type { Rule } from '@/lib/engine';
import { sentenceText } from '../policy/sentence';
import { ConditionText } from '../ui/condition-text';
import { DecisionBadge, EFFECT_MARKS } from '../ui/effect-mark';
import { EmbedScript } from './embed-script';
import type { ClaimedDecision, DocsExample } from './example';

/** An example of a page: the embed, its rules for those without scripts, and what is decided, in words. */
export function LiveExample({ example: { view, height, bundle, link, claims } }: { example: DocsExample }) {
  return (
    <figure className="my-4 max-w-3xl">
      <policy-playground
        src={link}
        view={view}
        height={height}
        editable=""
        label={`Example: ${bundle.name}`}
        style={reservedHeight(height)}
      >
        <div className="min-h-(--embed-height) rounded-lg border border-line p-3">
          <StaticRules rules={bundle.rules} />
        </div>
      </policy-playground>
      <figcaption className="mt-2 space-y-1 text-sm text-ink-2">
        <ul className="space-y-1" aria-label={`What ${bundle.name} decides`}>
          {claims.map((claim) => (
            <Claim key={claim.call.id} claim={claim} rules={bundle.rules} />
          ))}
        </ul>
      </figcaption>
      <EmbedScript />
    </figure>
  );
}

/** What an embed will take, for the element and for what it contains until then. */
export const reservedHeight = (height: number): CSSProperties => {
  const variable = { '--embed-height': `${String(height)}px` };
  return { display: 'block', minHeight: height, ...variable };
};

/** The rules for those without scripts. */
export function StaticRules({ rules }: { rules: readonly Rule[] }) {
  return (
    <ol className="list-decimal space-y-1 pl-5">
      {rules.map((rule) => (
        <li key={rule.id}>
          <strong>{EFFECT_MARKS[rule.effect].word}</strong> {sentenceText(rule)}
          {rule.condition === null ? null : (
            <>
              {' '}
              if <ConditionText source={rule.condition} />
            </>
          )}
          {rule.status === 'active' ? null : ` (${rule.status})`}
        </li>
      ))}
      <li className="list-none text-ink-2">No rule matches: deny</li>
    </ol>
  );
}

function Claim({ claim: { call, effect, by }, rules }: { claim: ClaimedDecision; rules: readonly Rule[] }) {
  const at = rules.findIndex(({ id }) => id === by);
  const decider =
    by === undefined ? 'it waits for a fact' : at < 0 ? 'no rule matches' : `rule ${at + 1}, ${rules[at]?.name ?? ''}`;
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <code className="font-mono text-xs wrap-anywhere">{callText(call)}</code>
      <DecisionBadge effect={effect} />
      <span>{decider}</span>
    </li>
  );
}

/** A call in one line: who, the tool, its arguments, as far as they are known. */
function callText({ agent, user, resource, tool, args, time }: ClaimedDecision['call']): ReactNode {
  const who = [agent?.slug, user?.email ?? user?.groups?.join(', ')].filter((one) => one !== undefined).join(', ');
  const name = tool?.name === undefined ? 'a tool' : tool?.name;
  const given = args === undefined ? '' : ` ${JSON.stringify(args)}`;
  const on = resource?.slug === undefined ? '' : ` on ${resource.slug}`;
  return `${who === '' ? '' : `${who}: `}${String(name)}${on}${given}${time === undefined || time === null ? '' : ` at ${time}`}`;
}
