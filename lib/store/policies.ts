import { done, isFailure, listed, missing, readSoundly, setAside, soundRow, write, type StoreContext } from './context';
import type { LogEntry, NamedVersion, PolicyHead, PolicyState, RuleDraft } from './records';
import { around, cutLog, stateOf } from './steps';
import type { Store } from './store';

type Policies = Pick<
  Store,
  | 'listPolicies'
  | 'readPolicy'
  | 'createPolicy'
  | 'commit'
  | 'readLog'
  | 'setDeleted'
  | 'purgeDeleted'
  | 'listVersions'
  | 'putVersion'
  | 'deleteVersion'
  | 'listDrafts'
  | 'putDraft'
  | 'deleteDraft'
>;

/** Policies with their logs, versions and drafts. */
export function policiesOf(context: StoreContext): Policies {
  const policyChanged = (head: PolicyHead) => ({ kind: 'policy', id: head.id, revision: head.revision }) as const;
  return {
    async listPolicies() {
      return listed(
        await readSoundly(context, ['policies'], async (tx, sound) =>
          (await tx.all('policies')).flatMap((row) => sound<PolicyHead>('policies', row) ?? []),
        ),
      );
    },

    async readPolicy(id) {
      const read = await readSoundly(context, ['policies', 'log'], async (tx, sound) => {
        const head = sound<PolicyHead>('policies', await tx.get('policies', id));
        return head && { head, rows: await around(tx, head) };
      });
      if (read === undefined) return missing;
      if (isFailure(read)) return read;
      const { head, rows } = read;
      const cut = cutLog(head, rows);
      if (!cut) return { kind: 'found', value: { head, ...rows } as PolicyState };
      // What cannot be read cannot be undone: the log is cut there, and the policy itself stands.
      for (const { row, problem } of cut.aside) await setAside(context, 'log', row, problem);
      const repaired = await write(context, ['policies', 'log'], async (tx) => {
        const now = await soundRow<PolicyHead>(tx, 'policies', id);
        if (!now) return undefined;
        const next = cutLog(now, await around(tx, now))?.head ?? now;
        await tx.put('policies', next);
        return await stateOf(tx, next);
      });
      if (repaired === undefined) return missing;
      return isFailure(repaired) ? repaired : { kind: 'found', value: repaired };
    },

    createPolicy: (id, content, at, after = 0) =>
      write(
        context,
        ['policies', 'log'],
        async (tx) => {
          if ((await tx.get('policies', id)) !== undefined) return { kind: 'exists' } as const;
          const head: PolicyHead = {
            id,
            revision: after + 1,
            content,
            first: 1,
            cursor: 0,
            last: 0,
            createdAt: at,
            updatedAt: at,
            deletedAt: null,
          };
          await tx.put('policies', head);
          return { kind: 'created', state: { head, back: null, ahead: null } } as const;
        },
        (result) => (result.kind === 'created' ? { kind: 'policies' } : null),
      ),

    commit: (id, expected, { content, at, move }) =>
      write(
        context,
        ['policies', 'log'],
        async (tx) => {
          const head = await soundRow<PolicyHead>(tx, 'policies', id);
          if (!head) return missing;
          if (head.deletedAt !== null) return { kind: 'deleted' } as const;
          if (head.revision !== expected) return { kind: 'conflict', state: await stateOf(tx, head) } as const;
          const next = { ...head, revision: head.revision + 1, content, updatedAt: at };
          if ('append' in move) {
            const position = head.cursor + 1;
            await tx.deleteRange('log', id, position);
            await tx.put('log', { ...move.append, policyId: id, position } satisfies LogEntry);
            Object.assign(next, { cursor: position, last: position });
          } else {
            if (move.cursor < head.first - 1 || move.cursor > head.last)
              throw new RangeError('the log has no such step');
            next.cursor = move.cursor;
          }
          await tx.put('policies', next);
          return { kind: 'committed', state: await stateOf(tx, next) } as const;
        },
        (result) => (result.kind === 'committed' ? policyChanged(result.state.head) : null),
      ),

    async readLog(id, from, to) {
      return listed(
        await readSoundly(context, ['log'], async (tx, sound) =>
          (await tx.range('log', id, from, to)).flatMap((row) => sound<LogEntry>('log', row) ?? []),
        ),
      );
    },

    setDeleted: (id, at) =>
      write(
        context,
        ['policies'],
        async (tx) => {
          const head = await soundRow<PolicyHead>(tx, 'policies', id);
          if (!head) return missing;
          await tx.put('policies', { ...head, revision: head.revision + 1, deletedAt: at });
          return done;
        },
        (result) => (result.kind === 'done' ? { kind: 'policies' } : null),
      ),

    async purgeDeleted(before) {
      const all = await readSoundly(context, ['policies'], async (tx, sound) =>
        (await tx.all('policies')).flatMap((row) => sound<PolicyHead>('policies', row) ?? []),
      );
      if (isFailure(all)) return all;
      const old = ({ deletedAt }: PolicyHead) => deletedAt !== null && deletedAt < before;
      for (const { id } of all.filter(old)) {
        const purged = await write(context, ['policies', 'log', 'versions', 'drafts'], async (tx) => {
          const head = await soundRow<PolicyHead>(tx, 'policies', id);
          if (!head || !old(head)) return;
          await tx.delete('policies', id);
          for (const table of ['log', 'versions', 'drafts'] as const) await tx.deleteRange(table, id);
        });
        if (isFailure(purged)) return purged;
      }
      return done;
    },

    async listVersions(id) {
      return listed(
        await readSoundly(context, ['versions'], async (tx, sound) =>
          (await tx.range('versions', id)).flatMap((row) => sound<NamedVersion>('versions', row) ?? []),
        ),
      );
    },

    putVersion: (version) =>
      write(
        context,
        ['versions'],
        async (tx) => {
          await tx.put('versions', version);
          return done;
        },
        () => ({ kind: 'versions', policyId: version.policyId }),
      ),

    deleteVersion: (policyId, id) =>
      write(
        context,
        ['versions'],
        async (tx) => {
          await tx.delete('versions', [policyId, id]);
          return done;
        },
        () => ({ kind: 'versions', policyId }),
      ),

    async listDrafts(id) {
      return listed(
        await readSoundly(context, ['drafts'], async (tx, sound) =>
          (await tx.range('drafts', id)).flatMap((row) => sound<RuleDraft & { ruleId: string }>('drafts', row) ?? []),
        ).then((rows) => (isFailure(rows) ? rows : rows.map(({ ruleId: _key, ...draft }): RuleDraft => draft))),
      );
    },

    putDraft: (draft) =>
      write(
        context,
        ['drafts'],
        async (tx) => {
          await tx.put('drafts', { ...draft, ruleId: draft.rule.id });
          return done;
        },
        () => ({ kind: 'drafts', policyId: draft.policyId }),
      ),

    deleteDraft: (id, ruleId) =>
      write(
        context,
        ['drafts'],
        async (tx) => {
          await tx.delete('drafts', [id, ruleId]);
          return done;
        },
        () => ({ kind: 'drafts', policyId: id }),
      ),
  };
}
