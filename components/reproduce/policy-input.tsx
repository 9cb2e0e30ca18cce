'use client';
import { useState } from 'react';
import { shortDigest } from '@/lib/bundle';
import { ColumnChoice, RemarkList } from '../intake/remark-list';
import { SourceFields } from '../intake/source-fields';
import { useDigest } from '../session/use-digest';
import { Button } from '../ui/button';
import { counted } from '../ui/words';
import { Marked } from '../ui/worded';
import { InputCard } from './input-card';
import { nameOfFile, type PolicySourceState, type ReadPolicy } from './use-policy-source';

/** Asks for the policy; once it is read, says which one it is, and what of it was not understood. */
export function PolicyInput({ policy }: { policy: PolicySourceState }) {
  const { read, refusal, take } = policy;
  const [text, setText] = useState('');
  return (
    <InputCard title="1. The policy" onAnother={read === undefined ? undefined : policy.clear} another="Another policy">
      {read === undefined ? (
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') void take(text);
          }}
        >
          <SourceFields
            text={text}
            onText={setText}
            onPasted={(pasted) => void take(pasted)}
            onFile={(file) => void file.text().then((content) => take(content, nameOfFile(file.name)))}
            refusal={refusal}
          />
          <Button type="submit" disabled={text.trim() === ''}>
            Read the policy
          </Button>
        </form>
      ) : (
        <PolicySummary policy={policy} read={read} />
      )}
    </InputCard>
  );
}

function PolicySummary({ policy, read }: { policy: PolicySourceState; read: ReadPolicy }) {
  const { bundle, remarks, form, columns, warnings } = read;
  const digest = useDigest(bundle);
  return (
    <div className="space-y-3">
      <p role="status" className="text-sm break-words">
        <strong className="font-semibold">{bundle.name}</strong>, {counted(bundle.rules.length, 'rule')}, digest{' '}
        <code className="font-mono">{digest === undefined ? '·········' : shortDigest(digest)}</code>
      </p>
      <RemarkList remarks={remarks} form={form} />
      <ColumnChoice columns={columns} chosen={policy.columns} onChosen={policy.assign} />
      {warnings.length === 0 ? null : (
        <ul className="list-disc pl-5 text-xs text-ink-2" aria-label="Warnings">
          {warnings.map(({ pointer, message }, i) => (
            <li key={i}>
              {pointer === '' ? '' : `${pointer}: `}
              <Marked text={message} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
