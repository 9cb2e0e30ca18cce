'use client';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { FirstScreen, FirstScreenEnd } from '../../first-screen/first-screen';
import { ErrorBoundary } from '../../session/boundary';
import { PageFrame } from '../../site/page-frame';
import { SessionProvider, useReplay, useSession, useWorkspace, type BeginSession } from '../../session/session';
import { shownPolicy, ShownPolicyContext } from '../../session/shown-policy';
import { useShowPolicy } from '../../session/use-show-policy';
import { partOf } from '../../ui/part';
import { HelpLink } from '../../site/help-link';
import type { AgainstChoice } from '../against-picker';
import { readAddress, type CompareAddress } from './address';
import { nameOf } from './name-of';
import { Pickers } from './pickers';
import { Instead, Remarks, WorkbenchLink } from './remarks';
import { Result } from './result';
import type { OpenedAddress } from './open-address';
import { useAddress, type Navigate } from './use-address';
import { useOpenedAddress } from './use-opened-address';

// Loaded on demand, so that the calls of the trace are decided first.
const PermissionPart = partOf(() => import('../permission-part').then((m) => m.PermissionPart));

// The selection on this page belongs to this tab: the workbench reopens what it had open.
const lookingOnly = () => ({ policy: readAddress(location.hash).policy, onlyLooks: true });

const HELP = <HelpLink to="replay/#compare" about="comparing" />;

/** The comparison at full width. The address states what is compared, so it can be bookmarked, reloaded and returned to. */
export function ComparePage({ begin }: { begin?: BeginSession }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <FirstScreen />
      <SessionProvider start={lookingOnly} begin={begin} loading={null}>
        <FirstScreenEnd there={opened} />
        <ErrorBoundary part="The comparison">
          <Screen onOpened={setOpened} />
        </ErrorBoundary>
      </SessionProvider>
    </>
  );
}

function Screen({ onOpened }: { onOpened: (opened: boolean) => void }) {
  const { policy, baseline } = useWorkspace('policy', 'baseline');
  const { traces } = useReplay('traces');
  const [address, go] = useAddress();
  const turned = useOpenedAddress(address, go);
  const shown = useMemo(() => shownPolicy({ policy, draft: null }, undefined), [policy]);
  useShowPolicy(shown);

  // Another tab may have deleted what was open here.
  const openPolicy = turned?.policy === policy.id ? policy.id : undefined;
  const openTrace = traces.find(({ id }) => id === turned?.trace)?.id;
  const compared = openPolicy !== undefined && turned?.against === 'there' && baseline !== null;
  const title = compared ? `Compare ${policy.name} with ${baseline.name}` : 'Compare';
  useEffect(() => {
    document.title = `${title} · Policy playground`;
  }, [title]);
  const isOpened = turned !== undefined;
  useEffect(() => onOpened(isOpened), [onOpened, isOpened]);
  const { onAgainst, to } = useWays(address, go);

  return (
    <ShownPolicyContext value={shown}>
      <PageFrame title={title} help={HELP}>
        <Pickers
          policy={turned === undefined ? policy.id : openPolicy}
          trace={openTrace}
          onPolicy={(id) => to({ policy: id, against: undefined })}
          onAgainst={onAgainst}
          onTrace={(id) => to({ trace: id })}
        />
        <Remarks unread={address.unread} />
        {turned === undefined ? (
          <p className="text-sm text-ink-2" role="status">
            Opening…
          </p>
        ) : (
          (whyNoPolicies(turned, openPolicy !== undefined) ??
          (baseline === null ? (
            <PolicyGone />
          ) : (
            <>
              <PermissionPart against={baseline} />
              {whyNoCalls(turned, openTrace !== undefined) ?? <Result against={baseline} address={address} go={go} />}
            </>
          )))
        )}
      </PageFrame>
    </ShownPolicyContext>
  );
}

/** Changes of the address. Another policy or trace resets the chosen cell and call. */
function useWays(address: CompareAddress, go: Navigate) {
  const { workspace } = useSession();
  const to = useCallback(
    (change: Partial<CompareAddress>) => go({ ...address, cell: undefined, call: undefined, ...change }, 'step'),
    [address, go],
  );
  const onAgainst = (choice: AgainstChoice) => {
    switch (choice.kind) {
      case 'nothing':
        return to({ against: choice });
      case 'version':
        return to({ against: { kind: 'version', id: choice.version.id } });
      case 'policy':
        return to({ against: choice });
      case 'bundle': {
        const { baselines } = workspace;
        return void baselines
          .pinBundle(choice.bundle)
          .then(() => baselines.keep())
          .then(() => to({ against: nameOf(baselines.current) }));
      }
    }
  };
  return { to, onAgainst };
}

/** The reason why there are no two policies to compare, if any. */
function whyNoPolicies(turned: OpenedAddress, policyIsThere: boolean): ReactNode {
  if (!policyIsThere) {
    return (
      <Instead title="This policy is not in this browser">
        It may have been deleted, or the address comes from another browser: an address names policies and does not
        contain them. Choose another policy above, or <WorkbenchLink>go to the workbench</WorkbenchLink>.
      </Instead>
    );
  }
  switch (turned.against) {
    case 'gone':
      return <PolicyGone />;
    case 'itself':
      return (
        <Instead title="A policy cannot be compared with itself">
          Choose above what to compare it with: one of its versions, another policy, or a bundle.
        </Instead>
      );
    case 'nothing':
      return <NothingYet />;
    case 'there':
      return null;
  }
}

/** The reason why there are no calls to compare them over, if any. */
function whyNoCalls(turned: OpenedAddress, traceIsThere: boolean): ReactNode {
  if (turned.trace === 'none') {
    return (
      <Instead title="There is no trace to compare over">
        Both policies decide the calls of a trace, and this browser has no trace.{' '}
        <WorkbenchLink>Import one in the workbench</WorkbenchLink>, or open the sample there.
      </Instead>
    );
  }
  if (!traceIsThere) {
    return (
      <Instead title="This trace is not in this browser">
        It may have been deleted, or the address comes from another browser. Choose another trace above, or{' '}
        <WorkbenchLink>import it in the workbench</WorkbenchLink>.
      </Instead>
    );
  }
  return null;
}

function PolicyGone() {
  return (
    <Instead title="The baseline of this comparison is not in this browser">
      The version, policy or bundle may have been deleted, or the address comes from another browser. Choose above what
      to compare with; a bundle can be opened again from its link or file.
    </Instead>
  );
}

function NothingYet() {
  const { versions, policies, policy } = useWorkspace('versions', 'policies', 'policy');
  if (versions.length > 0 || policies.length > 1) {
    return (
      <Instead title="Nothing to compare with is chosen">
        Choose above what {policy.name} is compared with: one of its versions, another policy, or a bundle.
      </Instead>
    );
  }
  return (
    <Instead title="There is nothing to compare with yet">
      {policy.name} has no saved version, and there is no other policy.{' '}
      <WorkbenchLink>Go to the workbench</WorkbenchLink> and save a version (in the policy’s menu, “Versions…”) before
      you change a rule; or choose a bundle above.
    </Instead>
  );
}
