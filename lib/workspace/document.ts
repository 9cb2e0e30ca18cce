import type { PolicyContent, PolicyId } from '../store';

/** The policy as it is shown and edited: what it holds, under its id, at a revision of its log. */
export interface PolicyDocument extends PolicyContent {
  readonly id: PolicyId;
  /** The stored revision, or the one that it will have once what is on its way has arrived. */
  readonly revision: number;
}

/** The content alone, also of a document: what is stored must not hold an id within. */
export function contentOf(policy: PolicyContent): PolicyContent {
  const { name, description, rules, settings, notes, catalog, tests, extra } = policy;
  return {
    name,
    description,
    rules,
    settings,
    ...(notes === undefined ? {} : { notes }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(tests === undefined ? {} : { tests }),
    ...(extra === undefined ? {} : { extra }),
  };
}
