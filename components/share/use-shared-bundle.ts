'use client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { dismissalsOf, encodeLink, type Bundle, type Dismissal } from '@/lib/bundle';
import type { Call, Json } from '@/lib/engine';
import type { RedactionPlan } from '@/lib/redact';
import type { PolicyContent } from '@/lib/store';
import type { ReplayClient } from '@/lib/worker';
import { dismissedIn, entriesIn } from '@/lib/workspace';
import { siteAddress } from '../site/site-address';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer } from '../session/use-answer';
import type { BundlePreview } from '../session/use-link';
import { holdsValues, sharedBundle, type AvailableParts, type SharePart } from './parts';

/** More calls than this are a trace's own file. */
export const MOST_CALLS = 10_000;

/** What becomes of the values in what is shared. */
export type ValueChoice = Pick<ShareChoice, 'values' | 'keep'>;

/** What the user has chosen to share. */
export interface ShareChoice {
  readonly parts: ReadonlySet<SharePart>;
  /** Whether the rule that is being edited goes along as it is now; without it, the policy is the saved one. */
  readonly unsaved: boolean;
  /** Values of people are replaced, but for those in `keep`. */
  readonly values: 'replaced' | 'as-they-are';
  readonly keep: ReadonlySet<string>;
}

/** The redaction of a bundle, as far as the worker has planned it. */
export interface RedactionState {
  readonly plan: RedactionPlan | undefined;
  /** Whether the plan is for the present choice. */
  readonly current: boolean;
  readonly failure: string | undefined;
}

export interface SharedBundle {
  /** With the values as they are; undefined while the calls of the trace are fetched. */
  readonly bundle: Bundle | undefined;
  /** Undefined where nothing is to be replaced. */
  readonly redaction: RedactionState | undefined;
  /** What may be shared; undefined while that is computed. */
  readonly ready: Bundle | undefined;
  readonly encoded: ReturnType<typeof encodeLink> | undefined;
  /** The whole address. */
  readonly link: string | undefined;
}

/** The bundle of what the user has chosen, with its values replaced if that is wanted, and its link. */
export function useSharedBundle(preview: BundlePreview | undefined, choice: ShareChoice): SharedBundle {
  const bundle = useChosenBundle(preview, choice);
  const { replay } = useSession();
  const redacted = useRedactedBundle(replay, bundle, choice);
  const { ready } = redacted;
  const encoded = useMemo(() => (ready === undefined ? undefined : encodeLink(ready)), [ready]);
  const link = encoded?.ok === true ? `${location.origin}${siteAddress('')}${encoded.fragment}` : undefined;
  return { bundle, ...redacted, encoded, link };
}

/** A bundle with its values replaced, if that is wanted. */
export function useRedactedBundle(
  client: ReplayClient,
  bundle: Bundle | undefined,
  { values, keep }: ValueChoice,
): Pick<SharedBundle, 'redaction' | 'ready'> {
  const redacting = values === 'replaced' && bundle !== undefined && holdsValues(bundle);
  const asked = useMemo(() => (redacting ? { bundle, keep: [...keep] } : undefined), [redacting, bundle, keep]);
  const ask = useCallback(
    (question: { bundle: Bundle; keep: string[] }) => client.ask('planRedaction', question),
    [client],
  );
  const { answer: plan, current, failure } = useAnswer(asked, ask);

  // INVARIANT: with values replaced, nothing is shared that was not decided again with the same outcome.
  const ready = redacting ? (current && plan?.needs.length === 0 ? plan.bundle : undefined) : bundle;
  return { redaction: redacting ? { plan, current, failure } : undefined, ready };
}

function useChosenBundle(
  preview: BundlePreview | undefined,
  { parts, unsaved }: Pick<ShareChoice, 'parts' | 'unsaved'>,
): Bundle | undefined {
  const shown = useShownPolicy();
  const { policy } = useWorkspace('policy');
  const rules = unsaved || preview !== undefined ? shown : policy;
  const { explained, open } = useReplay('explained', 'open');
  const trace = useTraceCalls(parts.has('trace'));
  return useMemo<Bundle | undefined>(() => {
    if (parts.has('trace') && trace === undefined) return undefined;
    const own = preview === undefined ? policy : preview.bundle;
    const there: AvailableParts = {
      description: own.description,
      call: explained?.call,
      trace,
      tests: own.tests,
      catalog: own.catalog ?? open?.catalog,
      notes: own.notes,
      invariants: invariantsOf(preview, policy),
      dismissed: dismissedOf(preview, policy),
    };
    return sharedBundle(rules, parts, there);
  }, [rules, parts, explained, trace, open, preview, policy]);
}

/** What is stated of the policy that is shared, as it is written. */
export const invariantsOf = (preview: BundlePreview | undefined, policy: PolicyContent): readonly Json[] =>
  preview === undefined ? entriesIn(policy, 'invariants') : (preview.bundle.invariants ?? []);

/** The findings that were dismissed in the policy that is shared. */
export const dismissedOf = (preview: BundlePreview | undefined, policy: PolicyContent): readonly Dismissal[] =>
  preview === undefined ? dismissedIn(policy) : dismissalsOf(preview.bundle.dismissed);

/** The calls of the open trace, once they are asked for. */
function useTraceCalls(wanted: boolean): readonly Call[] | undefined {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const [loaded, setLoaded] = useState<{ readonly of: typeof open; readonly calls: readonly Call[] }>();
  useEffect(() => {
    if (!wanted || open === undefined || loaded?.of === open) return;
    let gone = false;
    replay.ask('callsOfTrace', { most: MOST_CALLS }).then(
      (calls) => {
        if (!gone) setLoaded({ of: open, calls });
      },
      // The trace was closed meanwhile, or the worker broke down, which the workbench shows.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [wanted, open, loaded, replay]);
  return wanted && loaded?.of === open ? loaded?.calls : undefined;
}
