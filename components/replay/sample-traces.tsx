'use client';
import { useEffect, useState } from 'react';
import { useReplay, useSession } from '../session/session';
import { Button } from '../ui/button';
import { counted } from '../ui/words';
import { importSample, listSamples, nameOfSample, placeOfCall, type ListedSample } from './sample-trace';

/** All traces that ship with the app. One that is stored already is opened again. */
export function SampleTraces({ onOpened }: { onOpened(): void }) {
  const { replay } = useSession();
  const { traces } = useReplay('traces');
  const [samples, setSamples] = useState<readonly ListedSample[]>([]);
  const [problem, setProblem] = useState<string>();
  const [opening, setOpening] = useState<string>();
  const failed = (error: unknown) => {
    setOpening(undefined);
    setProblem(messageOf(error));
  };
  useEffect(() => {
    let gone = false;
    listSamples().then(
      (listed) => !gone && setSamples(listed),
      (error: unknown) => !gone && setProblem(messageOf(error)),
    );
    return () => {
      gone = true;
    };
  }, []);

  async function open(sample: ListedSample) {
    setOpening(sample.id);
    try {
      const place = await placeOfCall(sample);
      const stored = traces.find(({ name, calls }) => name === nameOfSample(sample) && calls === sample.calls);
      if (stored === undefined) {
        await importSample(replay, sample);
        replay.select(place);
      } else await replay.openTrace(stored.id, place);
      onOpened();
    } catch (error) {
      failed(error);
    }
  }

  return (
    <section aria-labelledby="samples" className="border-t border-line pt-3">
      <h3 id="samples" className="text-sm font-semibold">
        Or open a sample
      </h3>
      {problem === undefined ? null : (
        <p role="alert" className="mt-1 text-sm text-deny">
          Not opened: {problem}.
        </p>
      )}
      <ul className="divide-y divide-line">
        {samples.map((sample) => (
          <li key={sample.id} className="flex items-center gap-3 py-1.5 text-sm">
            <span className="min-w-0 flex-1">
              <span className="font-medium">{sample.title}</span>{' '}
              <span className="text-xs text-ink-2">
                {sample.about}, {counted(sample.calls, 'call')}
              </span>
            </span>
            <Button
              aria-label={`Open the sample: ${sample.title}`}
              disabled={opening !== undefined}
              onClick={() => void open(sample)}
            >
              Open
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
