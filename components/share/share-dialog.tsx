'use client';
import { useMemo, useState } from 'react';
import { bundleOf, digestOf, encodeLink, shortDigest, writeBundle, type Bundle } from '@/lib/bundle';
import type { Call } from '@/lib/engine';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { download } from '../ui/download';
import { notify } from '../ui/notify';
import { asset } from '../ui/asset';
import { useReplay, useWorkspace } from '../workbench/session';
import { useShownPolicy } from '../workbench/shown-policy';
import type { Preview } from '../workbench/use-link';
import { fitOf } from './fit';
import { policyMarkdown } from './policy-markdown';

interface ShareDialogProps {
  preview: Preview | undefined;
  onClose(): void;
}

/** What goes into the link, how long it is, and where it fits. The policy is in the link itself: no server sees it. */
export function ShareDialog({ preview, onClose }: ShareDialogProps) {
  const shown = useShownPolicy();
  const { policy } = useWorkspace();
  const { explained, open } = useReplay();
  const [withCall, setWithCall] = useState(false);
  const [withCatalog, setWithCatalog] = useState(false);
  const call = explained?.call;
  const catalog = preview?.bundle.catalog ?? policy.catalog ?? open?.catalog;
  const description = preview?.bundle.description ?? policy.description;

  const bundle = useMemo<Bundle>(
    () =>
      bundleOf(shown.name, shown, {
        ...(description === '' || description === undefined ? {} : { description }),
        ...(withCall && call !== undefined ? { trace: [call], focus: call.id } : {}),
        ...(withCatalog && catalog !== undefined ? { catalog } : {}),
      }),
    [shown, description, withCall, call, withCatalog, catalog],
  );
  const encoded = useMemo(() => encodeLink(bundle), [bundle]);
  const link = encoded.ok ? `${location.origin}${asset('')}${encoded.fragment}` : '';
  const fit = fitOf(link.length);

  const copy = (text: string, what: string) =>
    void navigator.clipboard
      .writeText(text)
      .then(() => notify(`${what} copied`))
      .catch(() => notify('The browser does not allow copying here: select the text and copy it'));

  return (
    <Dialog
      title={`Share ${shown.name}`}
      description="The link holds the policy itself, after the #: no server, log or proxy sees it."
      onClose={onClose}
      footer={
        <>
          <Button onClick={() => download(writeBundle(bundle), `${shown.name}.policy.json`)}>Download as a file</Button>
          <Button onClick={() => copy(writeBundle(bundle), 'JSON')}>Copy JSON</Button>
          <Button
            disabled={!encoded.ok}
            onClick={() => copy(policyMarkdown(bundle, withCall ? explained : undefined, link), 'Markdown')}
          >
            Copy Markdown
          </Button>
          <Button look="primary" disabled={!encoded.ok} onClick={() => copy(link, 'Link')}>
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
        <fieldset className="space-y-1">
          <legend className="mb-1 text-xs font-medium text-ink-2">What goes in</legend>
          <Choice
            checked
            disabled
            onChange={() => {}}
            label={`The policy: ${shown.rules.length} ${shown.rules.length === 1 ? 'rule' : 'rules'} and its settings`}
          />
          <Choice
            checked={withCall}
            disabled={call === undefined}
            onChange={setWithCall}
            label={
              call === undefined
                ? 'The call in focus (none is chosen)'
                : `The call in focus, ${call.tool?.name ?? call.id}, with its values`
            }
          />
          <Choice
            checked={withCatalog}
            disabled={catalog === undefined}
            onChange={setWithCatalog}
            label="The catalog: resources, tools, agents and users"
          />
        </fieldset>
        {withCall && call !== undefined ? <CallValues call={call} /> : null}
        {encoded.ok ? (
          <>
            <label className="block">
              <span className="mb-1 block text-xs font-medium text-ink-2">Link</span>
              <textarea
                readOnly
                value={link}
                rows={4}
                data-testid="link"
                onFocus={(event) => event.target.select()}
                className="w-full rounded-md border border-line-strong/70 bg-canvas p-2 font-mono text-xs break-all"
              />
            </label>
            <div>
              <div className="h-1.5 overflow-hidden rounded bg-sunken" aria-hidden>
                <div
                  className={`h-full ${fit.bar}`}
                  style={{ width: `${Math.min(100, (link.length / 8000) * 100)}%` }}
                />
              </div>
              <p className="mt-1 text-xs text-ink-2" role="status">
                <span className="tabular-nums">{link.length.toLocaleString('en')}</span> characters: {fit.words}
              </p>
            </div>
          </>
        ) : (
          <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
            This cannot be put into a link: {encoded.problems.map((problem) => problem.message).join('; ')}. A file can
            hold it.
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

function Choice({
  label,
  checked,
  disabled = false,
  onChange,
}: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange(checked: boolean): void;
}) {
  return (
    <label className={`flex items-center gap-2 py-0.5 pointer-coarse:py-2 ${disabled && !checked ? 'text-ink-2' : ''}`}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="accent-accent"
      />
      {label}
    </label>
  );
}

/** A call carries people's names and message texts: whoever shares it sees them first. */
function CallValues({ call }: { call: Call }) {
  return (
    <details open className="rounded-md border border-gated/50">
      <summary className="cursor-pointer px-3 py-1.5 text-xs font-medium text-gated">
        These values will be in the link
      </summary>
      <pre
        className="max-h-40 overflow-auto border-t border-line px-3 py-2 font-mono text-xs whitespace-pre-wrap"
        tabIndex={0}
      >
        {JSON.stringify(call, null, 2)}
      </pre>
    </details>
  );
}
