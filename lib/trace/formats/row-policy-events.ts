/** Changes of a policy among the rows of a table: the action names one, and other cells say of which rule, as JSON or in columns of their own. */
import { parseJson, textOf } from '../mapped-facts';
import { policyChangeOf, policyEventOf, type PolicyChange } from '../policy-event';
import { isObject, member, type UnknownObject } from '../shape';
import type { FieldMapping, ImportedCall, ImportOutput } from '../types';

/** Takes a row that records a change of a policy; false where it records none, and so may be a call. */
export function takePolicyEvent(
  row: UnknownObject,
  mapping: FieldMapping,
  facts: Omit<ImportedCall, 'id'>,
  out: ImportOutput,
): boolean {
  const cell = (column: string | undefined): string | undefined =>
    column === undefined ? undefined : textOf(member(row, column));
  const change = changeOf(cell(mapping.action));
  if (change === undefined || cell(mapping['tool.name']) !== undefined) return false;
  const time = typeof facts.time === 'string' ? facts.time : undefined;
  const event = policyEventOf(entryOf(row), change, { id: cell(mapping.id), time });
  if (event === undefined) return false;
  const by = event.by ?? facts.user?.email ?? facts.user?.name ?? facts.user?.id;
  out.policyEvent(typeof by === 'string' ? { ...event, by } : event);
  out.note('left-out-other', (n) => `${n} ${n === 1 ? 'row is' : 'rows are'} no tool call: a change of the policy`);
  return true;
}

const changeOf = (action: string | undefined): PolicyChange | undefined =>
  action === undefined ? undefined : policyChangeOf(action);

/** The row as an entry: `details.ruleId` is a member of `details`, and cells of JSON are what they hold. */
function entryOf(row: UnknownObject): UnknownObject {
  const entry: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [column, cell] of Object.entries(row)) {
    if (typeof cell !== 'string' || cell.trim() === '') continue;
    const value = parseJson(cell);
    const names = column.split('.');
    let holder = entry;
    for (const name of names.slice(0, -1)) {
      const inner = Object.hasOwn(holder, name) ? holder[name] : undefined;
      const next = isObject(inner) ? { ...inner } : (Object.create(null) as Record<string, unknown>);
      holder[name] = next;
      holder = next;
    }
    holder[names.at(-1) ?? ''] = isObject(value) || Array.isArray(value) || typeof value === 'number' ? value : cell;
  }
  return entry;
}
