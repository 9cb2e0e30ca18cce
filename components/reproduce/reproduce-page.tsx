'use client';
import { useEffect, useState } from 'react';
import type { ReplayClient } from '@/lib/worker';
import { ErrorBoundary } from '../session/boundary';
import { startReplay } from '../session/start-replay';
import { PageFrame } from '../site/page-frame';
import { partOf } from '../ui/part';
import { Marked } from '../ui/worded';
import { HelpLink } from '../site/help-link';
import { CaseNote } from './case-note';
import { LogInput } from './log-input';
import { PolicyInput } from './policy-input';
import { useIncomingParts } from './use-incoming-parts';
import { useReproduction } from './use-reproduction';
import { useSavedCases } from './use-saved-cases';

const SavedCases = partOf(() => import('./saved-cases').then((module) => module.SavedCases));
const ProbeKit = partOf(() => import('./probe-kit').then((module) => module.ProbeKit));
const CalibrationResult = partOf(() => import('./calibration').then((module) => module.CalibrationResult));
const Connections = partOf(() => import('./connections').then((module) => module.Connections));
const Results = partOf(() => import('./results').then((module) => module.Results));

/** Why a gateway decided as its log says: a policy and a log in, a verdict for each entry out. Nothing is stored but the cases that are saved. */
export function ReproducePage() {
  const [client] = useState(startReplay);
  useEffect(() => () => client.end(), [client]);
  return (
    <PageFrame title="Reproduce decisions" help={<HelpLink to="replay/#reproduce" about="reproducing" />}>
      <ErrorBoundary part="The page">
        <Screen client={client} />
      </ErrorBoundary>
    </PageFrame>
  );
}

function Screen({ client }: { client: ReplayClient }) {
  const { policy, log, opened, problem } = useIncomingParts(client);
  const saved = useSavedCases();
  const bundle = policy.read?.bundle;
  const preview = log.stage.kind === 'found' ? log.stage.preview : undefined;
  const isRead = preview !== undefined && preview.summary.calls > 0;
  const found = useReproduction(client, bundle, isRead ? preview.log : undefined);
  return (
    <>
      <p className="max-w-prose text-sm text-ink-2">
        Give a policy and what a gateway recorded. Each recorded decision is compared with the one that the policy
        gives, and causes of a difference are named, each checked by deciding with it. Everything stays in the memory of
        this page, unless you save a case.
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PolicyInput policy={policy} />
        <LogInput client={client} reading={log} />
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-sm text-deny">
          The case in this bundle was not opened: <Marked text={problem} />. Its policy was.
        </p>
      )}
      {opened === undefined ? null : <CaseNote opened={opened} entries={found.entries} />}
      {isRead ? (
        <CalibrationResult client={client} log={preview.log} bundle={bundle} onReadings={policy.setReadings} />
      ) : null}
      {bundle === undefined || preview === undefined || preview.connections === 0 ? null : (
        <Connections client={client} log={preview.log} policy={bundle} />
      )}
      {bundle === undefined || !isRead ? null : (
        <Results client={client} bundle={bundle} found={found} total={preview.summary.calls} saved={saved} />
      )}
      <ProbeKit />
      {saved.cases.length === 0 ? null : (
        <SavedCases saved={saved} onOpen={({ text, name }) => void policy.take(text, name)} />
      )}
    </>
  );
}
