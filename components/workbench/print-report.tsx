'use client';
import { digestOf } from '@/lib/bundle';
import type { Rule } from '@/lib/engine';
import { answerWords, EFFECT_TITLES, foldSteps, nearRules, sentence, stepWords } from '@/lib/wording';
import type { ExplainedCall } from '@/lib/worker';
import { RuleSentence } from '../policy/rule-sentence';
import { useReplay } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { EFFECT_MARKS } from '../ui/effect-mark';
import { Worded } from '../ui/worded';
import { counted, number } from '../ui/words';

/** The workbench on paper: the whole policy, what the trace comes to, and why the call in focus was decided as it was. */
export function PrintReport() {
  const { name, rules, settings, from } = useShownPolicy();
  const { explained } = useReplay('explained');
  return (
    <div data-testid="print-report" className="hidden space-y-4 bg-paper text-sm text-ink print:block">
      <header>
        <h1 className="text-xl font-semibold">{name}</h1>
        <p className="text-xs break-all">
          {counted(rules.length, 'rule')}
          {from === 'draft' ? ', with a rule that is not saved' : ''}. Digest {digestOf({ rules, settings })}
        </p>
      </header>
      <ol className="space-y-2">
        {rules.map((rule, i) => (
          <PrintedRule key={rule.id} rule={rule} position={i + 1} />
        ))}
      </ol>
      <p>
        No rule matched: deny.{' '}
        {rules.some(({ effect }) => effect === 'gated')
          ? `Where a gated rule’s condition is false, ${settings.gatedWhenFalse === 'deny' ? 'the call is denied' : 'the rules below it are tried'}.`
          : null}
      </p>
      <TraceSummary rules={rules} />
      {explained === undefined ? null : <PrintedExplanation explained={explained} rules={rules} />}
    </div>
  );
}

function PrintedRule({ rule, position }: { rule: Rule; position: number }) {
  return (
    <li className="break-inside-avoid">
      <strong>
        {position}. {EFFECT_MARKS[rule.effect].word}
        {rule.status === 'active' ? '' : ` (${rule.status})`}: {rule.name}
      </strong>
      <div>
        <RuleSentence rule={rule} />
      </div>
      {rule.condition === null ? null : (
        <pre className="font-mono text-xs wrap-anywhere whitespace-pre-wrap">if {rule.condition}</pre>
      )}
      {rule.description === '' ? null : <p className="text-xs whitespace-pre-wrap">{rule.description}</p>}
    </li>
  );
}

/** How the calls of the open trace are decided, and by which rules. */
function TraceSummary({ rules }: { rules: readonly Rule[] }) {
  const { open, results } = useReplay('open', 'results');
  if (open === undefined || results === undefined) return null;
  const effects = (['allow', 'deny', 'conditional'] as const).filter((effect) => results.counts[effect] > 0);
  return (
    <section className="break-inside-avoid">
      <h2 className="text-base font-semibold">Trace: {open.info.name}</h2>
      <p>
        {counted(open.info.calls, 'call')}:{' '}
        {effects.map((effect) => `${number(results.counts[effect])} ${EFFECT_TITLES[effect].toLowerCase()}`).join(', ')}
        .{results.hazardous.count === 0 ? '' : ` ${counted(results.hazardous.count, 'call')} with a hazard.`}
      </p>
      <ul>
        {rules.map(({ id, name }, i) =>
          (results.perRule[i]?.decided ?? 0) === 0 ? null : (
            <li key={id}>
              Rule {i + 1}, {name}: {number(results.perRule[i]?.decided ?? 0)}
            </li>
          ),
        )}
        <li>No rule: {number(results.decidedByDefault)}</li>
      </ul>
    </section>
  );
}

function PrintedExplanation({ explained, rules }: { explained: ExplainedCall; rules: readonly Rule[] }) {
  const { call, decision, conditions, misses } = explained;
  return (
    <section>
      <h2 className="text-base font-semibold">
        Call {call.id}, {call.tool?.name ?? 'of a tool that is not known'}
      </h2>
      <p>
        <Worded words={sentence(answerWords(explained, rules))} />
      </p>
      <ol className="mt-1 space-y-0.5 text-xs">
        {foldSteps(decision.steps, nearRules(misses)).map((folded) => {
          if (folded.kind !== 'step') return <li key={`run ${folded.from}`}>{folded.words}</li>;
          const step = decision.steps[folded.index];
          const rule = rules[folded.index];
          return step === undefined ? null : (
            <li key={folded.index}>
              {folded.index + 1}. {rule?.name}:{' '}
              <Worded words={sentence(stepWords(step, rule, conditions[step.ruleId]))} />
            </li>
          );
        })}
      </ol>
      <pre className="mt-1 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
        {JSON.stringify(call.args ?? null, null, 2)}
      </pre>
    </section>
  );
}
