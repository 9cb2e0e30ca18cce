import type { WorkbenchDialog } from '../session/dialogs';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { openHelp } from '../site/help-link';
import { setWithDrafts, useWithDrafts } from '../policy/with-drafts';
import { siteAddress } from '../site/site-address';
import { notify } from '../ui/notify';
import { setTheme } from '../ui/theme';
import { openReproduce } from './open-reproduce';
import { downloadBundle } from './own-bundle';

/** A line of the command palette, and what it does. */
interface PaletteEntry {
  readonly label: string;
  /** The text that typing is matched with; by default the label. */
  readonly search?: string;
  run(): void;
}

/** A command; one on the user's own policy is not offered while a preview is shown. */
interface PaletteCommand extends PaletteEntry {
  readonly own?: true;
}

interface PaletteGroup {
  readonly heading: string;
  readonly entries: readonly PaletteEntry[];
}

/** All commands, then the rules, policies and traces that can be opened. */
export function usePaletteGroups(
  openDialog: (dialog: WorkbenchDialog) => void,
  readOnly: boolean,
): readonly PaletteGroup[] {
  const { workspace, replay } = useSession();
  const { policy, policies } = useWorkspace('policy', 'policies');
  const { traces } = useReplay('traces');
  const commands = usePaletteCommands(openDialog).filter(({ own }) => !(readOnly && own));
  const rules = policy.rules.map((rule, i) => ({
    label: `Edit rule ${i + 1}: ${rule.name}`,
    search: `rule ${i + 1} ${rule.name} ${rule.id}`,
    run: () => workspace.editRule(rule.id),
  }));
  const toOpen = policies.map(({ id, name }) => ({
    label: `Open policy: ${name}`,
    search: `policy ${name} ${id}`,
    run: () => void workspace.openPolicy(id),
  }));
  return [
    { heading: 'Do', entries: commands },
    ...(readOnly ? [] : [{ heading: 'Rules', entries: rules }]),
    ...(readOnly || policies.length < 2 ? [] : [{ heading: 'Policies', entries: toOpen }]),
    {
      heading: 'Traces',
      entries: traces.map(({ id, name }) => ({
        label: `Open trace: ${name}`,
        search: `trace ${name} ${id}`,
        run: () => void replay.openTrace(id, 0),
      })),
    },
  ];
}

function usePaletteCommands(openDialog: (dialog: WorkbenchDialog) => void): readonly PaletteCommand[] {
  const { workspace } = useSession();
  const { policy, draft } = useWorkspace('policy', 'draft');
  const { open } = useReplay('open');
  const withDrafts = useWithDrafts();
  const isTraceOpen = open !== undefined;
  return [
    { label: 'Add a rule', own: true, run: () => workspace.editNewRule() },
    { label: 'Undo', own: true, run: () => void workspace.undo() },
    { label: 'Redo', own: true, run: () => void workspace.redo() },
    { label: 'Import a trace, or open a sample', run: () => openDialog({ kind: 'import' }) },
    { label: 'Compose a call', run: () => openDialog({ kind: 'compose' }) },
    ...(policy.rules.some(({ status }) => status === 'draft')
      ? [
          {
            label: withDrafts ? 'Without drafts' : 'With drafts: what each would change if it were active',
            own: true as const,
            run: () => setWithDrafts(!withDrafts),
          },
        ]
      : []),
    ...(isTraceOpen
      ? [{ label: 'Suggest rules from the open trace', own: true as const, run: () => openDialog({ kind: 'suggest' }) }]
      : []),
    ...(isTraceOpen ? [{ label: 'Set facts of calls of the trace', run: () => openDialog({ kind: 'facts' }) }] : []),
    { label: 'Share this policy', run: () => openDialog({ kind: 'share' }) },
    { label: 'Share this decision', run: () => openDialog({ kind: 'share', decision: true }) },
    { label: 'Open a policy: a link, a file, or a table of rules', run: () => openDialog({ kind: 'open' }) },
    { label: 'Catalog of resources, tools, agents and users', own: true, run: () => openDialog({ kind: 'catalog' }) },
    { label: 'Effective access: who may use which tool', run: () => openDialog({ kind: 'access' }) },
    { label: 'Compare with a version, another policy or a bundle', run: () => openDialog({ kind: 'compare' }) },
    {
      label: 'Compare on a page of its own, in a new tab',
      own: true,
      run: () => void window.open(siteAddress('compare/'), '_blank'),
    },
    { label: 'Versions: save, compare, bring back', own: true, run: () => openDialog({ kind: 'versions' }) },
    {
      label: 'History: what each step changed, bring back, branch',
      own: true,
      run: () => openDialog({ kind: 'history' }),
    },
    { label: 'All policies of this browser, and the archive', own: true, run: () => openDialog({ kind: 'policies' }) },
    {
      label: 'Reproduce decisions of an audit log, in a new tab',
      own: true,
      run: () => void openReproduce(policy),
    },
    { label: 'Notes: what this policy is for', own: true, run: () => openDialog({ kind: 'notes' }) },
    { label: 'Tests of this policy', run: () => openDialog({ kind: 'tests' }) },
    { label: 'Coverage: what the trace and the tests have tried', run: () => openDialog({ kind: 'coverage' }) },
    { label: 'Findings: what is probably wrong with this policy', run: () => openDialog({ kind: 'findings' }) },
    { label: 'What is wrong here? Faulty policies as examples, in a new tab', run: () => openHelp('what-is-wrong/') },
    { label: 'New policy', own: true, run: () => void workspace.createPolicy().then(() => notify('New policy')) },
    { label: 'Download this policy as a bundle', own: true, run: () => downloadBundle({ policy, draft }, openDialog) },
    { label: 'Theme: as the system', run: () => setTheme('system') },
    { label: 'Theme: light', run: () => setTheme('light') },
    { label: 'Theme: dark', run: () => setTheme('dark') },
    { label: 'Data in this browser: storage, download, delete', run: () => openDialog({ kind: 'data' }) },
    { label: 'Help and shortcuts', run: () => openDialog({ kind: 'help' }) },
  ];
}
