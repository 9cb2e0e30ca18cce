'use client';
import { CircleCheck, CircleX, LoaderCircle, Pencil, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { testName, type TestOutcome } from '@/lib/analysis';
import type { BundleTest } from '@/lib/bundle';
import type { Rule } from '@/lib/engine';
import { Button, IconButton } from '../ui/button';
import type { RowPlace } from '../ui/row-place';
import { OutcomeWords } from './expectation';

interface TestItemProps {
  test: BundleTest;
  /** Undefined while it runs. */
  outcome: TestOutcome | undefined;
  rules: readonly Rule[];
  /** Undefined where the tests are read-only. */
  actions: TestActions | undefined;
  /** Its place in a list of which only a part is drawn. */
  place: RowPlace | undefined;
}

export interface TestActions {
  accept(test: BundleTest, outcome: TestOutcome): void;
  /** Undoes the edit that broke it; undefined where there is none. */
  readonly revert: { readonly label: string; run(): void } | undefined;
  edit(test: BundleTest): void;
  remove(test: BundleTest): void;
}

/** One test: what it expects; and where it fails, what it got, to be accepted or taken back. */
export const TestItem = memo(function TestItem({ test, outcome, rules, actions, place }: TestItemProps) {
  const name = testName(test);
  const fails = outcome?.wrong !== undefined;
  const { expect } = test;
  return (
    <li {...place} className="flex gap-2 border-b border-line py-2 last:border-0" data-testid="test">
      <Standing outcome={outcome} />
      <div className="min-w-0 flex-1 space-y-1 text-sm">
        <p className="font-medium break-words">{name}</p>
        <p className="truncate text-xs text-ink-2" title={callWords(test)}>
          {callWords(test)}
        </p>
        <dl className="space-y-1 text-sm">
          <div className="flex flex-wrap gap-x-2">
            <dt className="w-16 shrink-0 text-ink-2">Expected</dt>
            <dd className="min-w-0">
              <OutcomeWords effect={expect.effect} by={expect.decidedBy} rules={rules} />
            </dd>
          </div>
          {fails ? (
            <div className="flex flex-wrap gap-x-2">
              <dt className="w-16 shrink-0 text-ink-2">Got</dt>
              <dd className="min-w-0">
                <OutcomeWords effect={outcome.got.effect} by={outcome.got.decidedBy} rules={rules} />
              </dd>
            </div>
          ) : null}
        </dl>
        {fails && actions !== undefined ? (
          <span className="flex flex-wrap gap-2 pt-1">
            <Button
              className="h-7 px-2 text-xs"
              aria-label={`Accept what ${name} got`}
              title="Expect from now on what was got"
              onClick={() => actions.accept(test, outcome)}
            >
              Accept
            </Button>
            {actions.revert === undefined ? null : (
              <Button
                className="h-7 px-2 text-xs whitespace-normal"
                aria-label={`Revert, for ${name}: ${actions.revert.label}`}
                onClick={actions.revert.run}
              >
                Revert: {actions.revert.label}
              </Button>
            )}
          </span>
        ) : null}
      </div>
      {actions === undefined ? null : (
        <span className="flex shrink-0">
          <IconButton label={`Edit the test ${name}`} onClick={() => actions.edit(test)}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Delete the test ${name}`} onClick={() => actions.remove(test)}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </span>
      )}
    </li>
  );
});

function Standing({ outcome }: { outcome: TestOutcome | undefined }) {
  const size = { size: 16, strokeWidth: 2.25, className: 'mt-0.5 shrink-0' };
  if (outcome === undefined)
    return <LoaderCircle {...size} role="img" aria-label="Running" className={`${size.className} text-ink-2`} />;
  return outcome.wrong === undefined ? (
    <CircleCheck {...size} role="img" aria-label="Passes" className={`${size.className} text-allow`} />
  ) : (
    <CircleX {...size} role="img" aria-label="Fails" className={`${size.className} text-deny`} />
  );
}

function callWords({ call }: BundleTest): string {
  const { tool, resource, agent, user, args } = call;
  return [
    tool?.name ?? 'no tool',
    resource?.slug === undefined || resource.slug === null ? undefined : `on ${resource.slug}`,
    agent?.slug,
    user?.email ?? user?.id,
    args === undefined || args === null ? undefined : JSON.stringify(args).slice(0, 200),
  ]
    .filter((part) => part !== undefined && part !== null && part !== '{}')
    .join(' · ');
}
