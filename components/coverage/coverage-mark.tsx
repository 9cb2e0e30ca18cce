'use client';
import { CircleDashed } from 'lucide-react';
import { createContext, useContext, useMemo } from 'react';
import { gapsOf } from '@/lib/analysis';
import type { Rule, RuleId } from '@/lib/engine';
import { useReplay } from '../session/session';
import { GAP_WORDS } from './gap-words';
import { useCoverage } from './use-coverage';

/** For a trace of more calls, coverage is counted only when somebody asks for it. */
const MOST_CALLS = 20_000;

type CoverageMarks = ReadonlyMap<RuleId, string>;
const NONE: CoverageMarks = new Map();

/** What is left to try of each rule, in words; rules that have been tried are not in it. */
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
        // What failed stands in the rule's notes already.
        const gaps = gapsOf(rule, byId.get(rule.id)).filter((gap) => gap !== 'erred');
        return gaps.length === 0 ? [] : [[rule.id, gaps.map((gap) => GAP_WORDS[gap]).join(', ')] as const];
      }),
    );
  }, [both, rules]);
}

/** A small mark on a rule that the open trace and the tests have not tried wholly. */
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
