import { deleteRow, listRows, putRow, type StoreContext } from './context';
import type { NamedVersion, RuleDraft } from './records';
import type { Store } from './store';

type VersionsAndDrafts = Pick<
  Store,
  'listVersions' | 'putVersion' | 'deleteVersion' | 'listDrafts' | 'putDraft' | 'deleteDraft'
>;

/** What is kept beside a policy: its named versions, and the rules under edit. */
export const versionsAndDrafts = (context: StoreContext): VersionsAndDrafts => ({
  listVersions: (policyId) => listRows<NamedVersion>(context, 'versions', (tx) => tx.range('versions', policyId)),
  putVersion: (version) => putRow(context, 'versions', version, { kind: 'versions', policyId: version.policyId }),
  deleteVersion: (policyId, id) => deleteRow(context, 'versions', [policyId, id], { kind: 'versions', policyId }),

  async listDrafts(policyId) {
    const rows = await listRows<RuleDraft & { readonly ruleId: string }>(context, 'drafts', (tx) =>
      tx.range('drafts', policyId),
    );
    if (rows.kind !== 'listed') return rows;
    return { kind: 'listed', values: rows.values.map(({ ruleId: _key, ...draft }): RuleDraft => draft) };
  },
  putDraft: (draft) =>
    putRow(context, 'drafts', { ...draft, ruleId: draft.rule.id }, { kind: 'drafts', policyId: draft.policyId }),
  deleteDraft: (policyId, ruleId) => deleteRow(context, 'drafts', [policyId, ruleId], { kind: 'drafts', policyId }),
});
