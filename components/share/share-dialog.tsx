'use client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { digestOf, encodeLink, shortDigest, writeBundle, type Bundle } from '@/lib/bundle';
import type { Call } from '@/lib/engine';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { download } from '../ui/download';
import { notify } from '../ui/notify';
import { siteAddress } from '../site/site-address';
import { Segmented } from '../ui/segmented';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer } from '../session/use-answer';
import type { BundlePreview } from '../session/use-link';
import { LinkView } from './link-view';
import { PartChoices } from './part-choices';
import { holdsValues, sharedBundle, type AvailableParts, type SharePart } from './parts';
import { policyMarkdown } from './policy-markdown';
import { RedactionPanel } from './redaction-panel';
import { number } from '../ui/words';

/** More calls than this are a trace's own file. */
const MOST_CALLS = 10_000;

interface ShareDialogProps {
  preview: BundlePreview | undefined;
  /** Begins with the call in focus chosen. */
  decision?: boolean;
  onClose(): void;
}

/** What goes into the link, what of it says something of people, how long it is, and where it fits. */
export function ShareDialog({ preview, decision = false, onClose }: ShareDialogProps) {
  const shown = useShownPolicy();
  const { policy } = useWorkspace('policy');
  const { replay } = useSession();
  const { explained, open } = useReplay('explained', 'open');
  const [chosen, setChosen] = useState<ReadonlySet<SharePart>>(
    new Set<SharePart>(decision && explained !== undefined ? ['call'] : []),
  );
  const [values, setValues] = useState<'replaced' | 'as-they-are'>('replaced');
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const trace = useTraceCalls(chosen.has('trace'));

  const bundle = useMemo<Bundle | undefined>(() => {
    if (chosen.has('trace') && trace === undefined) return undefined;
    const own = preview === undefined ? policy : preview.bundle;
    const there: AvailableParts = {
      description: own.description,
      call: explained?.call,
      trace,
      tests: own.tests,
      catalog: own.catalog ?? open?.catalog,
      notes: own.notes,
    };
    return sharedBundle(shown, chosen, there);
  }, [shown, chosen, explained, trace, open, preview, policy]);

  const redacting = values === 'replaced' && bundle !== undefined && holdsValues(bundle);
  const asked = useMemo(() => (redacting ? { bundle, keep: [...keep] } : undefined), [redacting, bundle, keep]);
  const ask = useCallback(
    (question: { bundle: Bundle; keep: string[] }) => replay.ask('planRedaction', question),
    [replay],
  );
  const { answer: plan, current, failure } = useAnswer(asked, ask);

  // INVARIANT: with values replaced, nothing is shared that was not decided again with the same outcome.
  const ready = redacting ? (current && plan?.needs.length === 0 ? plan.bundle : undefined) : bundle;
  const encoded = useMemo(() => (ready === undefined ? undefined : encodeLink(ready)), [ready]);
  const link = encoded?.ok === true ? `${location.origin}${siteAddress('')}${encoded.fragment}` : undefined;

  const copy = (text: string, what: string) =>
    void navigator.clipboard
      .writeText(text)
      .then(() => notify(`${what} copied`))
      .catch(() => notify('The browser does not allow copying here: select the text and copy it'));

  /** The explanation quotes the call's values, so it is one of the call as it is shared. */
  async function copyMarkdown(of: Bundle, to: string) {
    const focus = of.trace?.find(({ id }) => id === of.focus);
    const told = focus === undefined ? undefined : await replay.explainUnder(of, focus);
    copy(policyMarkdown(of, told, to), 'Markdown');
  }

  return (
    <Dialog
      title={`Share ${shown.name}`}
      description="The link holds the policy itself, after the #: no server, log or proxy sees it."
      onClose={onClose}
      footer={
        <>
          <Button
            disabled={ready === undefined}
            onClick={() => ready !== undefined && download(writeBundle(ready), `${shown.name}.policy.json`)}
          >
            Download as a file
          </Button>
          <Button
            disabled={ready === undefined}
            onClick={() => ready !== undefined && copy(writeBundle(ready), 'JSON')}
          >
            Copy JSON
          </Button>
          <Button
            disabled={ready === undefined || link === undefined}
            onClick={() => ready !== undefined && link !== undefined && void copyMarkdown(ready, link)}
          >
            Copy Markdown
          </Button>
          <Button look="primary" disabled={link === undefined} onClick={() => link !== undefined && copy(link, 'Link')}>
            Copy link
          </Button>
        </>
      }
    >
      <div className="space-y-4 text-sm">
        {shown.from === 'draft' ? (
          <p className="rounded-md bg-gated-soft px-3 py-2 text-gated">
            The rule that you are editing goes into this link as it stands, although it is not saved.
          </p>
        ) : null}
        <PartChoices
          rules={shown.rules.length}
          chosen={chosen}
          onChosen={setChosen}
          call={explained?.call}
          trace={open?.info}
          most={MOST_CALLS}
          own={preview?.bundle ?? policy}
          catalog={open !== undefined}
        />
        {bundle !== undefined && holdsValues(bundle) ? (
          <section aria-label="Values" className="space-y-2 rounded-md border border-gated/50 px-3 py-2">
            <Segmented
              label="Values of calls, addresses and names"
              value={values}
              options={[
                { value: 'replaced' as const, label: 'replaced by stand-ins' },
                { value: 'as-they-are' as const, label: 'as they are' },
              ]}
              onValue={(value) => setValues(value)}
            />
            {redacting ? (
              failure !== undefined ? (
                <p role="alert" className="text-deny">
                  The values could not be replaced: {failure}
                </p>
              ) : plan === undefined ? (
                <p role="status" className="text-ink-2">
                  Replacing values, and deciding every call again…
                </p>
              ) : (
                <RedactionPanel plan={plan} current={current} policy={shown} keep={keep} onKeep={setKeep} />
              )
            ) : (
              <CallValues bundle={bundle} />
            )}
          </section>
        ) : null}
        {link !== undefined ? (
          <LinkView link={link} />
        ) : encoded?.ok === false ? (
          <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
            This cannot be put into a link: {encoded.problems.map((problem) => problem.message).join('; ')}. A file can
            hold it.
          </p>
        ) : (
          <p role="status" className="rounded-md bg-sunken px-3 py-2 text-ink-2">
            {redacting && plan !== undefined && current && plan.needs.length > 0
              ? 'There is no link yet: keep the values that conditions need, or share them as they are.'
              : 'Making the link…'}
          </p>
        )}
        <p className="text-xs text-ink-2">
          Policy digest <code className="font-mono">{shortDigest(digestOf(shown))}</code>. Whoever opens the link sees
          the same digest, or it is not the same policy.
        </p>
      </div>
    </Dialog>
  );
}

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

/** A call contains people's names and message texts: the user sees them before sharing it. */
function CallValues({ bundle: { trace = [], tests = [], focus } }: { bundle: Bundle }) {
  const call = trace.find(({ id }) => id === focus) ?? trace[0] ?? tests[0]?.call;
  const count = trace.length + tests.length;
  if (call === undefined) return <p className="text-gated">The names and addresses in it will be in the link.</p>;
  return (
    <details open>
      <summary className="cursor-pointer text-xs font-medium text-gated">
        {count === 1 ? 'These values' : `These values, and those of ${number(count - 1)} more,`} will be in the link
      </summary>
      <pre className="mt-1 max-h-40 overflow-auto font-mono text-xs whitespace-pre-wrap" tabIndex={0}>
        {JSON.stringify(call, null, 2)}
      </pre>
    </details>
  );
}
