'use client';
import type { RuleId } from '@/lib/engine';
import { Commands } from './commands';
import type { WorkbenchDialog } from '../session/dialogs';
import type { LinkState } from '../session/use-link';
import { partOf } from '../ui/part';

// Each dialog is loaded when it is first opened: none of them is needed to draw the first screen.
const ImportDialog = partOf(() => import('../replay/import-dialog').then((m) => m.ImportDialog));
const ComposeDialog = partOf(() => import('../replay/compose-dialog').then((m) => m.ComposeDialog));
const FactsDialog = partOf(() => import('../replay/facts-dialog').then((m) => m.FactsDialog));
const ShareDialog = partOf(() => import('../share/share-dialog').then((m) => m.ShareDialog));
const ExportDialog = partOf(() => import('../share/export-dialog').then((m) => m.ExportDialog));
const ReportDialog = partOf(() => import('../share/report-dialog').then((m) => m.ReportDialog));
const OpenDialog = partOf(() => import('../share/open-dialog').then((m) => m.OpenDialog));
const CatalogDialog = partOf(() => import('../catalog/catalog-dialog').then((m) => m.CatalogDialog));
const AccessDialog = partOf(() => import('../access/access-dialog').then((m) => m.AccessDialog));
const FromCallDialog = partOf(() => import('../explain/from-call-dialog').then((m) => m.FromCallDialog));
const TestsDialog = partOf(() => import('../tests/tests-dialog').then((m) => m.TestsDialog));
const CallForm = partOf(() => import('../replay/call-form').then((m) => m.CallForm));
const CallChoice = partOf(() => import('../replay/call-choice').then((m) => m.CallChoice));
const CompareDialog = partOf(() => import('../compare/compare-dialog').then((m) => m.CompareDialog));
const DraftDialog = partOf(() => import('../compare/draft-dialog').then((m) => m.DraftDialog));
const VersionsDialog = partOf(() => import('../versions/versions-dialog').then((m) => m.VersionsDialog));
const HistoryDialog = partOf(() => import('../history/history-dialog').then((m) => m.HistoryDialog));
const PoliciesDialog = partOf(() => import('../history/policies-dialog').then((m) => m.PoliciesDialog));
const NotesDialog = partOf(() => import('../policy/notes-dialog').then((m) => m.NotesDialog));
const CoverageDialog = partOf(() => import('../coverage/coverage-dialog').then((m) => m.CoverageDialog));
const FindingsDialog = partOf(() => import('../findings/findings-dialog').then((m) => m.FindingsDialog));
const SuggestDialog = partOf(() => import('../suggest/suggest-dialog').then((m) => m.SuggestDialog));
const DataDialog = partOf(() => import('./data-dialog').then((m) => m.DataDialog));
const WhyNotDialog = partOf(() => import('../explain/why-not-dialog').then((m) => m.WhyNotDialog));
const HelpDialog = partOf(() => import('./help-dialog').then((m) => m.HelpDialog));
const PositionDialog = partOf(() => import('../policy/position-dialog').then((m) => m.PositionDialog));

interface DialogHostProps {
  dialog: WorkbenchDialog | undefined;
  setDialog(dialog: WorkbenchDialog | undefined): void;
  link: LinkState;
  /** Scrolls to a rule in the policy's list. */
  showRule(id: RuleId): void;
}

export function DialogHost({ dialog, setDialog, link, showRule }: DialogHostProps) {
  const close = () => setDialog(undefined);
  const closeForRule = (id: RuleId) => {
    close();
    showRule(id);
  };
  const readOnly = link.preview !== undefined;
  if (dialog === undefined) return null;
  switch (dialog.kind) {
    case 'import':
      return <ImportDialog {...dialog} onClose={close} />;
    case 'compose':
      return <ComposeDialog {...dialog} onClose={close} />;
    case 'facts':
      return <FactsDialog onClose={close} />;
    case 'share':
      return (
        <ShareDialog
          onClose={close}
          preview={link.preview}
          decision={dialog.decision === true}
          whole={dialog.whole === true}
        />
      );
    case 'export':
      return <ExportDialog {...dialog} onClose={close} />;
    case 'report':
      return <ReportDialog call={dialog.call} onClose={close} />;
    case 'open':
      return (
        <OpenDialog
          {...(dialog.text === undefined ? {} : { text: dialog.text })}
          {...(dialog.file === undefined ? {} : { file: dialog.file })}
          {...(dialog.compare === true && link.preview !== undefined ? { preview: link.preview } : {})}
          link={link}
          onClose={close}
        />
      );
    case 'catalog':
      return <CatalogDialog onClose={close} />;
    case 'access':
      return <AccessDialog onClose={close} />;
    case 'from-call':
      return <FromCallDialog {...dialog} onClose={close} />;
    case 'tests':
      return <TestsDialog CallForm={CallForm} CallChoice={CallChoice} onClose={close} readOnly={readOnly} />;
    case 'compare':
      return <CompareDialog onClose={close} readOnly={readOnly} />;
    case 'draft':
      return <DraftDialog {...dialog} onClose={close} />;
    case 'versions':
      return <VersionsDialog onClose={close} openDialog={setDialog} />;
    case 'history':
      return <HistoryDialog onClose={close} openDialog={setDialog} />;
    case 'policies':
      return <PoliciesDialog onClose={close} />;
    case 'notes':
      return <NotesDialog onClose={close} />;
    case 'coverage':
      return <CoverageDialog onClose={close} onRule={closeForRule} />;
    case 'findings':
      return <FindingsDialog {...dialog} onClose={close} openDialog={setDialog} onRule={closeForRule} />;
    case 'suggest':
      return <SuggestDialog onClose={close} />;
    case 'data':
      return <DataDialog onClose={close} />;
    case 'why-not':
      return <WhyNotDialog {...dialog} onClose={close} />;
    case 'help':
      return <HelpDialog onClose={close} openDialog={setDialog} />;
    case 'commands':
      return <Commands openDialog={setDialog} onClose={close} readOnly={readOnly} />;
    case 'position':
      return <PositionDialog ruleId={dialog.ruleId} onClose={close} />;
  }
}
