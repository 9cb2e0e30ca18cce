'use client';
import { useCallback, useMemo } from 'react';
import { writeBundle, type Bundle } from '@/lib/bundle';
import type { GatewayProfile } from '@/lib/engine';
import type { ReplayClient } from '@/lib/worker';
import { calibrationWords } from '@/lib/wording';
import { useAnswer } from '../session/use-answer';
import { Button } from '../ui/button';
import { download } from '../ui/download';
import { Marked } from '../ui/worded';

interface CalibrationProps {
  client: ReplayClient;
  log: number;
  /** The policy of the page; undefined until one is read. */
  bundle: Bundle | undefined;
  onReadings(readings: GatewayProfile): void;
}

/** What the calls of the probe kit in the log show of its gateway, and the use of it as the profile of the policy. */
export function CalibrationResult({ client, log, bundle, onReadings }: CalibrationProps) {
  const question = useMemo(() => ({ log }), [log]);
  const ask = useCallback((params: typeof question) => client.ask('calibrateLog', params), [client]);
  const { answer } = useAnswer(question, ask);
  if (answer === undefined || answer === null) return null;
  const { readings } = answer;
  const { found, open, contradictions, control } = calibrationWords(answer);
  const used = bundle?.settings.readings;
  const isUsed = Object.entries(readings).every(
    ([reading, value]) => used?.[reading as keyof GatewayProfile] === value,
  );
  return (
    <section aria-labelledby="calibration" className="space-y-3 rounded-lg border border-line p-4 text-sm">
      <h2 id="calibration" className="text-base font-semibold">
        Readings of the gateway
      </h2>
      {control === undefined ? null : (
        <p className="rounded-md bg-gated-soft px-3 py-2 text-gated">
          <Marked text={`${control}.`} />
        </p>
      )}
      <WordList title="It follows these readings" lines={found} />
      <WordList title="Not known" lines={open} />
      <WordList title="These outcomes contradict every reading" lines={contradictions} />
      {found.length === 0 ? null : bundle === undefined ? (
        <p className="text-ink-2">Give the policy that is decided by this gateway to use them.</p>
      ) : isUsed ? (
        <div className="flex flex-wrap items-center gap-2">
          <p role="status" className="min-w-0 flex-1">
            These readings are the profile of <strong className="font-semibold">{bundle.name}</strong>. Every decision
            on this page is made by them.
          </p>
          <Button onClick={() => download(writeBundle(bundle), `${bundle.name}.policy.json`)}>
            Download the policy with its profile
          </Button>
        </div>
      ) : (
        <Button look="primary" onClick={() => onReadings(readings)}>
          Use these readings
        </Button>
      )}
    </section>
  );
}

function WordList({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <ul className="list-disc pl-5">
        {lines.map((line) => (
          <li key={line}>
            <Marked text={line} />
          </li>
        ))}
      </ul>
    </div>
  );
}
