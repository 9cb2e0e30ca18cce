'use client';
import { createContext, startTransition, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { dismissalFor, dismissalsOf, type Dismissal } from '@/lib/bundle';
import type { Json, RuleId } from '@/lib/engine';
import type { FoundByCheck, PolicyFinding } from '@/lib/findings';
import { dismissedIn, entriesIn } from '@/lib/workspace';
import { useReplay, useSession, useWorkspace } from './session';
import { useShownPolicy } from './shown-policy';
import { useAnswer } from './use-answer';
import { useKnown } from './use-catalog';
import type { BundlePreview } from './use-link';

export interface DismissedFinding {
  readonly finding: PolicyFinding;
  readonly dismissal: Dismissal;
}

/** What is probably wrong with the shown policy. */
export interface PolicyFindings {
  /** Without those that were dismissed, in the order of the rules. */
  readonly findings: readonly PolicyFinding[];
  readonly byRule: ReadonlyMap<RuleId, readonly PolicyFinding[]>;
  readonly dismissed: readonly DismissedFinding[];
  /** The invariants that were checked; a finding `invariant` says which of them does not hold. */
  readonly invariants: readonly Json[];
  /** Whether they are all, and of exactly this policy; else a newer run is under way. */
  readonly current: boolean;
  readonly failure: string | undefined;
}

const NOTHING: PolicyFindings = {
  findings: [],
  byRule: new Map(),
  dismissed: [],
  invariants: [],
  current: false,
  failure: undefined,
};

const FindingsContext = createContext<PolicyFindings>(NOTHING);
export const useFindings = (): PolicyFindings => useContext(FindingsContext);

interface FindingsProviderProps {
  preview: BundlePreview | undefined;
  children: ReactNode;
}

/** Looks for findings after each edit, once the decisions of the open trace are there. */
export function FindingsProvider({ preview, children }: FindingsProviderProps) {
  const { policy } = useWorkspace('policy');
  const { rules } = useShownPolicy();
  const invariants = useMemo(
    () => (preview === undefined ? entriesIn(policy, 'invariants') : (preview.bundle.invariants ?? [])),
    [preview, policy],
  );
  const { found, current, failure } = useFound(preview === undefined ? policy.id : 'preview', invariants);
  const dismissals = useMemo(
    () => (preview === undefined ? dismissedIn(policy) : dismissalsOf(preview.bundle.dismissed)),
    [preview, policy],
  );
  const findings = useMemo((): PolicyFindings => {
    const open: PolicyFinding[] = [];
    const dismissed: DismissedFinding[] = [];
    for (const finding of found) {
      const dismissal = dismissalFor(dismissals, rules, finding);
      if (dismissal === undefined) open.push(finding);
      else dismissed.push({ finding, dismissal });
    }
    return { findings: open, byRule: byRuleOf(open), dismissed, invariants, current, failure };
  }, [found, dismissals, rules, invariants, current, failure]);
  return <FindingsContext value={findings}>{children}</FindingsContext>;
}

function byRuleOf(findings: readonly PolicyFinding[]): ReadonlyMap<RuleId, readonly PolicyFinding[]> {
  const byRule = new Map<RuleId, PolicyFinding[]>();
  for (const finding of findings) {
    if (finding.ruleId === undefined) continue;
    const ofRule = byRule.get(finding.ruleId);
    if (ofRule === undefined) byRule.set(finding.ruleId, [finding]);
    else ofRule.push(finding);
  }
  return byRule;
}

/** The findings of the last run; while the next one is under way, each check's new findings take the place of its earlier ones. */
function useFound(of: string, invariants: readonly Json[]) {
  const { replay } = useSession();
  const { rules, settings } = useShownPolicy();
  const { catalog } = useKnown();
  const { open, results } = useReplay('open', 'results');
  const [found, setFound] = useState<FoundOf>({ of, findings: NOTHING.findings });
  const stamp = results?.stamp;
  const decided = open === undefined || stamp !== undefined;
  // Another stamp is another question: deciding the policy has ended the run that was under way.
  const question = useMemo(
    () => (decided ? { policy: { rules, settings }, catalog, invariants, of, stamp } : undefined),
    [decided, rules, settings, catalog, invariants, of, stamp],
  );
  const ask = useCallback(
    async ({ policy, catalog: known, invariants: stated, of: asked }: NonNullable<typeof question>) => {
      const take = (change: (present: FoundOf['findings']) => FoundOf['findings']) =>
        startTransition(() =>
          setFound((now) => ({ of: asked, findings: change(now.of === asked ? now.findings : NOTHING.findings) })),
        );
      const onProgress = (some: readonly FoundByCheck[]) => take((present) => withChecks(present, some));
      const findings = await replay.ask('findings', { policy, catalog: known, invariants: stated }, { onProgress });
      take(() => findings);
    },
    [replay],
  );
  const { current, failure } = useAnswer(question, ask);
  return {
    found: found.of === of ? found.findings : NOTHING.findings,
    current: current && failure === undefined,
    failure: current ? failure : undefined,
  };
}

/** Findings, and the policy that they are of: its id, or that it is a preview. */
interface FoundOf {
  readonly of: string;
  readonly findings: readonly PolicyFinding[];
}

function withChecks(present: readonly PolicyFinding[], checks: readonly FoundByCheck[]): readonly PolicyFinding[] {
  const renewed = new Set(checks.map(({ code }) => code));
  return [...present.filter(({ code }) => !renewed.has(code)), ...checks.flatMap(({ findings }) => findings)];
}
