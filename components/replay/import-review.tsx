'use client';
import { useId, useState } from 'react';
import { FORMAT_LABELS, type DefaultField, type CallDefaults, type FormatId, type FieldMapping } from '@/lib/trace';
import type { ImportPreview, ImportProgress } from '@/lib/worker';
import { EFFECT_TITLES } from '@/lib/wording';
import { Button } from '../ui/button';
import { Field, INPUT, TextInput } from '../ui/field';
import { clockTime } from '../ui/time';
import { Marked } from '../ui/worded';
import { FIELD_WORDS } from './field-words';
import { ImportMapping } from './import-mapping';
import { progressWords } from './import-progress';
import { counted, number } from '../ui/words';

interface ImportReviewProps {
  preview: ImportPreview;
  defaults: CallDefaults;
  /** What was chosen by hand, of where each field is read from. */
  chosen: FieldMapping | undefined;
  /** The file is being read anew; what is shown is what it was read as before. */
  again: ImportProgress | undefined;
  /** Whether a mapping chosen by hand is remembered when the file is imported. */
  remembered?: boolean;
  onFormat(format: FormatId): void;
  onMapping(mapping: FieldMapping): void;
  onDefaults(defaults: CallDefaults): void;
  onDownloadRejects(): void;
}

/** The facts of which a default is asked, where no call has them. */
const ASKED_DEFAULTS = ['agent.slug', 'user.email', 'resource.slug'] as const satisfies readonly DefaultField[];

/** What an import found: how it was read, how much, what was refused and why, what the source lacks, and how the calls begin. */
export function ImportReview(props: ImportReviewProps) {
  const {
    preview,
    defaults,
    chosen,
    again,
    remembered = true,
    onFormat,
    onMapping,
    onDefaults,
    onDownloadRejects,
  } = props;
  const { summary, rejects, sample } = preview;
  return (
    <div className="space-y-4 text-sm" aria-busy={again !== undefined}>
      <FormatChoice preview={preview} onFormat={onFormat} />
      <ReadingProblem preview={preview} />
      <ImportCounts preview={preview} again={again} />
      {summary.notes.length === 0 ? null : (
        <ul className="list-disc pl-5 text-ink-2">
          {summary.notes.map((note) => (
            <li key={note.code}>
              <Marked text={note.message} />
            </li>
          ))}
        </ul>
      )}
      {rejects.length === 0 ? null : <Rejects preview={preview} onDownload={onDownloadRejects} />}
      {preview.mapping === undefined ? null : (
        <ImportMapping
          mapping={preview.mapping}
          place={summary.format === 'csv' ? 'column' : 'path'}
          chosen={chosen ?? preview.mapping.chosen}
          remembered={remembered}
          onMapping={onMapping}
        />
      )}
      <MissingFields preview={preview} defaults={defaults} onDefaults={onDefaults} />
      {sample.length === 0 ? null : <FirstCalls sample={sample} />}
    </div>
  );
}

/** The format that the file was read as, and what it was recognized by. */
function FormatChoice({ preview, onFormat }: Pick<ImportReviewProps, 'preview' | 'onFormat'>) {
  const { summary, detection, others } = preview;
  const id = useId();
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
      <div>
        <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-2">
          Read as
        </label>
        <select
          id={id}
          className={`${INPUT} h-8 w-auto pointer-coarse:h-11`}
          value={summary.format ?? ''}
          onChange={(event) => onFormat(event.target.value as FormatId)}
        >
          {summary.format === null ? <option value="">not recognized: choose one</option> : null}
          {FORMAT_LABELS.map(({ id: format, label }) => (
            <option key={format} value={format}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <p className="text-ink-2">
        Recognized: <Marked text={detection?.words ?? 'nothing'} />
        {others.length === 0 ? null : <> It could also be: {others.map(({ label }) => label).join(', ')}.</>}
      </p>
    </div>
  );
}

/** An alert where the file was not read to its end, or held no call. */
function ReadingProblem({ preview: { failure, summary } }: { preview: ImportPreview }) {
  if (failure === undefined && summary.calls > 0) return null;
  return (
    <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
      {failure !== undefined
        ? `Reading ended early: ${failure}. What came before it is below.`
        : `No call could be read from this file. ${
            summary.rejects > 0 ? 'The reasons are listed below.' : 'Choose another format if it should hold calls.'
          }`}
    </p>
  );
}

/** "269 calls in 12 conversations, 14 tools, 0 rejects". */
function ImportCounts({ preview, again }: Pick<ImportReviewProps, 'preview' | 'again'>) {
  const { calls, conversations, rejects } = preview.summary;
  return (
    <p role="status" data-testid="import-counts">
      {again === undefined ? null : <span className="text-ink-2">Reading again… {progressWords(again)}. Before: </span>}
      <strong className="font-semibold tabular-nums">{number(calls)}</strong> {calls === 1 ? 'call' : 'calls'}
      {conversations > 0 ? <> in {counted(conversations, 'conversation')}</> : null}
      {preview.tools > 0 ? <>, {counted(preview.tools, 'tool')}</> : null},{' '}
      <strong className="font-semibold tabular-nums">{number(rejects)}</strong> {rejects === 1 ? 'reject' : 'rejects'}
    </p>
  );
}

function Rejects({ preview: { rejects, summary }, onDownload }: { preview: ImportPreview; onDownload(): void }) {
  return (
    <details className="rounded-md border border-line" open={summary.calls === 0}>
      <summary className="cursor-pointer px-3 py-2">What was refused, and why</summary>
      <ul className="max-h-48 space-y-1.5 overflow-auto border-t border-line px-3 py-2 text-xs">
        {rejects.map((reject, i) => (
          <li key={i}>
            <span className="text-ink-2">
              {reject.line === undefined ? '' : `line ${reject.line} `}
              {reject.path === undefined || reject.path === '' ? '' : `${reject.path} `}
              {reject.offset === undefined ? '' : `byte ${reject.offset} `}
            </span>
            <Marked text={reject.reason} />
            {reject.excerpt === '' ? null : (
              <code className="block truncate font-mono text-ink-2">{reject.excerpt}</code>
            )}
          </li>
        ))}
      </ul>
      <div className="border-t border-line px-3 py-2">
        <Button look="plain" onClick={onDownload}>
          Download all {number(summary.rejects)}
        </Button>
      </div>
    </details>
  );
}

const SAMPLE_TITLES = ['Call', 'Time (UTC)', 'Agent', 'User', 'Resource', 'Tool', 'Arguments'];

/** The first calls as they were read, with the recorded decision where the file has any. */
function FirstCalls({ sample }: Pick<ImportPreview, 'sample'>) {
  const recorded = sample.some((line) => line.recorded !== undefined);
  return (
    <div
      className="overflow-x-auto rounded-md border border-line"
      role="region"
      aria-label="The first calls"
      tabIndex={0}
    >
      <table className="w-full text-xs">
        <caption className="sr-only">The first calls</caption>
        <thead className="bg-canvas text-left text-ink-2">
          <tr>
            {[...SAMPLE_TITLES, ...(recorded ? ['Recorded'] : [])].map((title) => (
              <th key={title} scope="col" className="px-2 py-1 font-medium whitespace-nowrap">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.map((line) => (
            <tr key={line.id} className="border-t border-line">
              {[line.id, clockTime(line.time), line.agent, line.user, line.resource, line.tool, line.args].map(
                (value, i) => (
                  <td key={i} className="max-w-56 truncate px-2 py-1 font-mono">
                    {value === undefined ? <span className="text-ink-2">not known</span> : (value ?? 'none')}
                  </td>
                ),
              )}
              {recorded ? (
                <td className="px-2 py-1 whitespace-nowrap">
                  {line.recorded === undefined ? (
                    <span className="text-ink-2">none</span>
                  ) : (
                    EFFECT_TITLES[line.recorded]
                  )}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What no call says stays unknown, and decisions that need it are conditional; a value for the whole file can be given here. */
function MissingFields({
  preview,
  defaults,
  onDefaults,
}: Pick<ImportReviewProps, 'preview' | 'defaults' | 'onDefaults'>) {
  const fields = ASKED_DEFAULTS.filter((field) => preview.lacking.includes(field) || defaults[field] !== undefined);
  const [texts, setTexts] = useState<Partial<Record<DefaultField, string>>>(() =>
    Object.fromEntries(fields.map((field) => [field, String(defaults[field] ?? '')])),
  );
  if (fields.length === 0) return null;
  const changed = fields.some((field) => (texts[field] ?? '') !== String(defaults[field] ?? ''));
  return (
    <fieldset className="rounded-md border border-line p-3">
      <legend className="px-1 text-xs font-medium text-ink-2">What the source does not say</legend>
      <p className="mb-2 text-xs text-ink-2">
        Left empty, it stays unknown, and a decision that depends on it is shown as conditional. A value given here
        holds for every call of the file.
      </p>
      <div className="grid gap-3 sm:grid-cols-3">
        {fields.map((field) => {
          const offer = preview.offers.find((one) => one.field === field);
          return (
            <Field
              key={field}
              label={FIELD_WORDS[field]}
              hint={offer === undefined ? undefined : `The source suggests ${offer.value}`}
            >
              {(id, described) => (
                <TextInput
                  id={id}
                  aria-describedby={described}
                  value={texts[field] ?? ''}
                  placeholder="unknown"
                  onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
                />
              )}
            </Field>
          );
        })}
      </div>
      <Button
        className="mt-3"
        disabled={!changed}
        onClick={() =>
          onDefaults(
            Object.fromEntries(
              Object.entries(texts).flatMap(([field, text]) => (text.trim() === '' ? [] : [[field, text.trim()]])),
            ),
          )
        }
      >
        Apply to every call
      </Button>
    </fieldset>
  );
}
