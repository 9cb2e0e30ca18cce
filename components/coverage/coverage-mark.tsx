'use client';
import { CircleDashed } from 'lucide-react';
import { createContext, useContext, useMemo } from 'react';
import { gapsOf } from '@/lib/analysis';
import type { Rule, RuleId } from '@/lib/engine';
import { useReplay } from '../session/session';
import { GAP_WORDS } from './gap-words';
import { useCoverage } from './use-coverage';

/** For a trace with more calls, coverage is counted only when the user opens the coverage dialog. */
const MOST_CALLS = 20_000;

type CoverageMarks = ReadonlyMap<RuleId, string>;
const NONE: CoverageMarks = new Map();

/** What is left to try of each rule, in words; without the rules that are fully covered. */
export const CoverageMarksContext = createContext<CoverageMarks>(NONE);

export function useCoverageMarks(rules: readonly Rule[]): CoverageMarks {
  const { open } = useReplay('open');
  const { covered } = useCoverage(open !== undefined ? MOST_CALLS : -1);
  const both = covered?.trace === undefined ? undefined : covered.both;
  return useMemo(() => {
    if (both === undefined) return NONE;
    const byId = new Map(both.rules.map((one) => [one.ruleId, one]));
    return new Map(
      rules.flatMap((rule) => {
        // The rule's notes already show what failed.
        const gaps = gapsOf(rule, byId.get(rule.id)).filter((gap) => gap !== 'erred');
        return gaps.length === 0 ? [] : [[rule.id, gaps.map((gap) => GAP_WORDS[gap]).join(', ')] as const];
      }),
    );
  }, [both, rules]);
}

/** A mark on a rule that the open trace and the tests do not cover fully. */
export function CoverageMark({ id }: { id: RuleId }) {
  const left = useContext(CoverageMarksContext).get(id);
  if (left === undefined) return null;
  return (
    <span className="inline-flex text-ink-3" title={`Left to try: ${left}`}>
      <CircleDashed size={13} aria-hidden />
      <span className="sr-only">Left to try: {left}</span>
    </span>
  );
}
