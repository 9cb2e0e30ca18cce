import type { StoreTransaction } from './backend';
import {
  done,
  isFailure,
  listRows,
  missing,
  readSoundly,
  setAside,
  soundRow,
  write,
  type StoreContext,
} from './context';
import type { LogEntry, PolicyContent, PolicyHead, PolicyId, PolicyState } from './records';
import { around, cutLog, stateOf } from './steps';
import type { CommitOutcome, CreateOutcome, PolicyCommit, ReadOutcome, Store, WriteOutcome } from './store';

type Policies = Pick<
  Store,
  | 'listPolicies'
  | 'readPolicy'
  | 'createPolicy'
  | 'putPolicy'
  | 'commit'
  | 'readLog'
  | 'setDeleted'
  | 'setArchived'
  | 'purgeDeleted'
>;

/** Policies with their logs. */
export const policies = (context: StoreContext): Policies => ({
  listPolicies: () => listRows<PolicyHead>(context, 'policies'),
  readPolicy: (id) => readPolicy(context, id),
  createPolicy: (id, content, at, after = 0) => createPolicy(context, newHead(id, content, at, after)),
  commit: (id, expected, commit) => commitStep(context, id, expected, commit),
  readLog: (id, from, to) => listRows<LogEntry>(context, 'log', (tx) => tx.range('log', id, from, to)),
  setDeleted: (id, at) => setTime(context, id, { deletedAt: at }),
  setArchived: (id, at) => setTime(context, id, { archivedAt: at }),
  // Fetched when it is first needed: few visits import anything.
  putPolicy: async (head, log) => (await import('./put-policy')).putPolicy(context, head, log),
  purgeDeleted: (before) => purgeDeleted(context, before),
});

/** Puts a policy aside, or takes it back. */
function setTime(
  context: StoreContext,
  id: PolicyId,
  times: Partial<Pick<PolicyHead, 'deletedAt' | 'archivedAt'>>,
): ReturnType<Store['setDeleted']> {
  return write(
    context,
    ['policies'],
    async (tx) => {
      const head = await soundRow<PolicyHead>(tx, 'policies', id);
      if (!head) return missing;
      await tx.put('policies', { ...head, ...times, revision: head.revision + 1 });
      return done;
    },
    (result) => (result.kind === 'done' ? { kind: 'policies' } : null),
  );
}

async function readPolicy(context: StoreContext, id: PolicyId): Promise<ReadOutcome<PolicyState>> {
  const read = await readSoundly(context, ['policies', 'log'], async (tx, sound) => {
    const head = sound<PolicyHead>('policies', await tx.get('policies', id));
    return head && { head, rows: await around(tx, head) };
  });
  if (read === undefined) return missing;
  if (isFailure(read)) return read;
  const { head, rows } = read;
  const cut = cutLog(head, rows);
  if (!cut) return { kind: 'found', value: { head, ...rows } as PolicyState };
  // What cannot be read cannot be undone: the log is cut there, and the policy itself stays.
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
}

const newHead = (id: PolicyId, content: PolicyContent, at: number, after: number): PolicyHead => ({
  id,
  revision: after + 1,
  content,
  first: 1,
  cursor: 0,
  last: 0,
  createdAt: at,
  updatedAt: at,
  deletedAt: null,
});

function createPolicy(context: StoreContext, head: PolicyHead): Promise<CreateOutcome> {
  return write(
    context,
    ['policies', 'log'],
    async (tx) => {
      if ((await tx.get('policies', head.id)) !== undefined) return { kind: 'exists' } as const;
      await tx.put('policies', head);
      return { kind: 'created', state: { head, back: null, ahead: null } } as const;
    },
    (result) => (result.kind === 'created' ? { kind: 'policies' } : null),
  );
}

function commitStep(
  context: StoreContext,
  id: PolicyId,
  expected: number,
  { content, at, move }: PolicyCommit,
): Promise<CommitOutcome> {
  return write(
    context,
    ['policies', 'log'],
    async (tx) => {
      const head = await soundRow<PolicyHead>(tx, 'policies', id);
      if (!head) return missing;
      if (head.deletedAt !== null) return { kind: 'deleted' } as const;
      if (head.revision !== expected) return { kind: 'conflict', state: await stateOf(tx, head) } as const;
      const moved = await moveInLog(tx, head, move);
      const next = { ...head, ...moved, revision: head.revision + 1, content, updatedAt: at };
      await tx.put('policies', next);
      return { kind: 'committed', state: await stateOf(tx, next) } as const;
    },
    (result) => (result.kind === 'committed' ? { kind: 'policy', id, revision: result.state.head.revision } : null),
  );
}

/** Appends a step, which drops what could have been redone, or moves the cursor to one. */
async function moveInLog(
  tx: StoreTransaction,
  head: PolicyHead,
  move: PolicyCommit['move'],
): Promise<Pick<PolicyHead, 'cursor' | 'last'>> {
  if ('append' in move) {
    const position = head.cursor + 1;
    await tx.deleteRange('log', head.id, position);
    await tx.put('log', { ...move.append, policyId: head.id, position } satisfies LogEntry);
    return { cursor: position, last: position };
  }
  if (move.cursor < head.first - 1 || move.cursor > head.last) throw new RangeError('the log has no such step');
  return { cursor: move.cursor, last: head.last };
}

async function purgeDeleted(context: StoreContext, before: number): Promise<WriteOutcome> {
  const all = await listRows<PolicyHead>(context, 'policies');
  if (all.kind !== 'listed') return all;
  const isOld = ({ deletedAt }: PolicyHead) => deletedAt !== null && deletedAt < before;
  for (const { id } of all.values.filter(isOld)) {
    const purged = await write(context, ['policies', 'log', 'versions', 'drafts'], async (tx) => {
      const head = await soundRow<PolicyHead>(tx, 'policies', id);
      if (!head || !isOld(head)) return;
      await tx.delete('policies', id);
      for (const table of ['log', 'versions', 'drafts'] as const) await tx.deleteRange(table, id);
    });
    if (isFailure(purged)) return purged;
  }
  return done;
}
