'use client';
import { clsx } from 'clsx';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Call } from '@/lib/engine';
import { differingRegions, openParts, PERMISSION_WORDS, sentence } from '@/lib/wording';
import { useSession } from '../session/session';
import type { ComparedPermissions } from '../session/use-permissions';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer } from '../session/use-answer';
import { useShownRules } from '../session/use-reasons';
import { FoldButton } from '../ui/fold-button';
import { Worded } from '../ui/worded';
import { counted } from '../ui/words';
import { CallSides } from './call-sides';
import type { ShownBaseline } from './use-baseline';
import { usePermissionsAgainst } from './use-permissions-against';

interface PermissionPartProps {
  against: ShownBaseline;
  /** The kind of calls that is unfolded at first, by its place; all are folded where it is missing. */
  opened?: number | undefined;
}

/** Whether the shown policy permits more than a baseline, over all calls that there may be; no trace is needed. */
export function PermissionPart({ against, opened }: PermissionPartProps) {
  const { compared, failure } = usePermissionsAgainst(against);
  return (
    <section aria-label="Over all calls" className="space-y-1" data-testid="permissions">
      <p role={failure === undefined ? 'status' : 'alert'} className={clsx('text-base', failure && 'text-deny')}>
        <span className="font-semibold">Over all calls, in a trace or not:</span>{' '}
        {failure !== undefined
          ? `this could not be worked out: ${failure}`
          : compared === undefined
            ? 'computing…'
            : `${PERMISSION_WORDS[compared.answer]}.`}
      </p>
      {compared === undefined ? null : <Regions compared={compared} against={against} opened={opened} />}
    </section>
  );
}

function Regions({ compared, against, opened }: PermissionPartProps & { compared: ComparedPermissions }) {
  const { rules } = useShownPolicy();
  const regions = differingRegions(compared, [against.policy.rules, rules]);
  return (
    <>
      {regions.length === 0 ? null : (
        <details className="text-sm" open={opened !== undefined}>
          <summary className="cursor-pointer py-1 font-medium">
            {counted(regions.length, 'kind')} of calls {regions.length === 1 ? 'is' : 'are'} decided otherwise
          </summary>
          <ul aria-label="What is decided otherwise" className="rounded-md border border-line">
            {regions.map(({ call, words }, i) => (
              <li key={i} className="border-b border-line last:border-0">
                <Region call={call} against={against} opened={i === opened}>
                  <Worded words={words} />
                </Region>
              </li>
            ))}
          </ul>
        </details>
      )}
      {openParts(compared).map((words, i) => (
        <p key={i} className="text-sm break-words text-gated first-letter:uppercase">
          <Worded words={sentence(words)} />
        </p>
      ))}
    </>
  );
}

interface RegionProps {
  /** A call that shows it. */
  call: Call;
  against: ShownBaseline;
  opened: boolean;
  children: ReactNode;
}

/** Calls that are decided otherwise: in a sentence, and one of them under both policies. */
function Region({ call, against, opened, children }: RegionProps) {
  const [open, setOpen] = useState(opened);
  return (
    <>
      <FoldButton look="line" open={open} onOpen={setOpen}>
        <span className="min-w-0 flex-1 break-words">
          <span className="inline-block first-letter:uppercase">{children}</span>
          <span className="block text-xs text-ink-2">For example {exampleText(call)}</span>
        </span>
      </FoldButton>
      {open ? (
        <div className="border-t border-line bg-canvas p-2">
          <RegionExample call={call} against={against} />
        </div>
      ) : null}
    </>
  );
}

const exampleText = ({ tool, resource, agent }: Call): string =>
  [
    tool ? tool.name : 'a call without a tool',
    resource ? ` on ${resource.slug}` : '',
    agent ? ` by ${agent.slug}` : '',
  ].join('');

function RegionExample({ call, against }: Pick<RegionProps, 'call' | 'against'>) {
  const { replay } = useSession();
  const after = useShownRules();
  const before = against.policy;
  const question = useMemo(() => ({ call, before, after }), [call, before, after]);
  const ask = useCallback(
    (asked: typeof question) =>
      Promise.all([replay.explainUnder(asked.before, asked.call), replay.explainUnder(asked.after, asked.call)]),
    [replay],
  );
  const { answer, current, failure } = useAnswer(question, ask);
  if (current && failure !== undefined) {
    return (
      <p role="alert" className="text-sm text-deny">
        {failure}
      </p>
    );
  }
  if (!current || answer === undefined) {
    return (
      <p role="status" className="text-sm text-ink-2">
        Working out why…
      </p>
    );
  }
  return <CallSides call={call} before={answer[0]} after={answer[1]} against={against} />;
}
