'use client';
import { useState } from 'react';
import { useReplay, useSession } from '../session/session';
import { ShippedList, useShippedList } from '../site/shipped-list';
import { counted } from '../ui/words';
import { importSample, listSamples, nameOfSample, placeOfCall, type ListedSample } from './sample-trace';

/** All traces that ship with the app. One that is stored already is opened again. */
export function SampleTraces({ onOpened }: { onOpened(): void }) {
  const { replay } = useSession();
  const { traces } = useReplay('traces');
  const { items: samples, problem, onFailed } = useShippedList(listSamples);
  const [opening, setOpening] = useState<string>();

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
      setOpening(undefined);
      onFailed(error);
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
      <ShippedList
        items={samples}
        sizeOf={({ calls }) => counted(calls, 'call')}
        action="Open"
        labelOf={({ title }) => `Open the sample: ${title}`}
        disabled={opening !== undefined}
        onChoose={(sample) => void open(sample)}
      />
    </section>
  );
}
