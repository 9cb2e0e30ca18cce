'use client';
import { useState } from 'react';
import type { Catalog } from '@/lib/engine';
import {
  entryKey,
  entryProblems,
  groupsOf,
  putEntry,
  tagsOf,
  type CatalogEntry,
  type CatalogList,
} from '@/lib/workspace';
import { Field, TextInput } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';
import { TokenInput } from '../ui/token-input';
import { ENTRY_FIELDS, LIST_WORDS, type EntryField } from './list-words';

interface EntryFormProps<L extends CatalogList> {
  catalog: Catalog;
  list: L;
  /** The key of the edited entry; undefined for a new one. */
  of: string | undefined;
  onBack(): void;
  onCatalog(catalog: Catalog): void;
}

type EntryMembers = Readonly<Record<string, unknown>>;

/** The members of one entry, except a resource's tools. */
export function EntryForm<L extends CatalogList>({ catalog, list, of, onBack, onCatalog }: EntryFormProps<L>) {
  const entries: readonly CatalogEntry<L>[] = catalog[list];
  const before = entries.find((entry) => of !== undefined && entryKey(list, entry) === of);
  const [members, setMembers] = useState<EntryMembers>(() => ({ ...before }));
  const [tried, setTried] = useState(false);
  const fields: readonly EntryField[] = ENTRY_FIELDS[list];
  const entry = entryOf<L>(members, fields);
  const problems = entryProblems(catalog, list, entry, of);
  const problemAt = (member: string) =>
    tried ? problems.find((problem) => problem.member === member)?.message : undefined;
  const set = (member: string, value: unknown) => setMembers({ ...members, [member]: value });

  return (
    <FormDialog
      title={before === undefined ? `Add ${LIST_WORDS[list].one}` : `Edit ${LIST_WORDS[list].one}`}
      description={LIST_WORDS[list].hint}
      action="Save"
      onCancel={onBack}
      onSubmit={() => {
        setTried(true);
        if (problems.length === 0) onCatalog(putEntry(catalog, list, entry, of));
      }}
    >
      {fields.map(({ member, label, kind, hint }) =>
        kind === 'text' ? (
          <Field key={member} label={label} hint={hint} problem={problemAt(member)}>
            {(id, described) => (
              <TextInput
                id={id}
                aria-describedby={described}
                aria-invalid={problemAt(member) !== undefined}
                value={textOf(members[member])}
                onChange={(event) => set(member, event.target.value)}
              />
            )}
          </Field>
        ) : (
          <TokenInput
            key={member}
            label={label}
            any="none"
            hint={hint}
            values={textsOf(members[member])}
            suggestions={
              member === 'groups'
                ? groupsOf(catalog).map(({ name }) => ({ value: name }))
                : tagsOf(catalog).map(({ tag }) => ({ value: tag }))
            }
            problem={problemAt(member)}
            onValues={(values) => set(member, values)}
          />
        ),
      )}
    </FormDialog>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);

/** The entry to store: empty fields are left out, and members that the form does not show are kept. */
function entryOf<L extends CatalogList>(members: EntryMembers, fields: readonly EntryField[]): CatalogEntry<L> {
  const entry = new Map(Object.entries(members));
  fields.forEach(({ member, kind }, i) => {
    const text = textOf(members[member]).trim();
    if (kind === 'texts') {
      if (textsOf(members[member]).length === 0) entry.delete(member);
    } else if (text !== '') entry.set(member, text);
    else if (i === 0 && member !== 'id') entry.set(member, '');
    else entry.delete(member);
  });
  // The fields of a list are the members of its entries.
  return Object.fromEntries(entry) as unknown as CatalogEntry<L>;
}
