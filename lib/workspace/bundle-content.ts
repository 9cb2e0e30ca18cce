import { bundleOf, type Bundle } from '../bundle';
import type { JsonObject } from '../engine';
import type { PolicyContent } from '../store';
import { sameJson } from './equal';

/** What the workspace keeps of a bundle: all but its trace, which goes its own way. Unknown members are kept. */
export function contentOfBundle(bundle: Bundle): PolicyContent {
  const { format: _format, version: _version, trace: _trace, focus: _focus, ...content } = bundle;
  const { name, description = '', rules, settings, notes, catalog, tests, ...extra } = content;
  return {
    name,
    description,
    rules,
    settings,
    ...(notes === undefined ? {} : { notes }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(tests === undefined ? {} : { tests }),
    // Read from JSON, they are JSON.
    ...(Object.keys(extra).length === 0 ? {} : { extra: extra as JsonObject }),
  };
}

/** The policy, and all that is kept with it, as a bundle. */
export function bundleOfContent(content: PolicyContent): Bundle {
  const { name, description, notes, catalog, tests, extra } = content;
  return bundleOf(name, content, {
    ...extra,
    ...(description === '' ? {} : { description }),
    ...(notes === undefined ? {} : { notes }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(tests === undefined ? {} : { tests }),
  });
}

/** What a policy holds beside its name, rules and settings. */
export type ContentPart = 'description' | 'notes' | 'catalog' | 'tests' | 'extra';
const CONTENT_PARTS: readonly ContentPart[] = ['tests', 'catalog', 'notes', 'description', 'extra'];

/** What a policy becomes when a bundle takes its place. */
export interface ReplacedContent {
  readonly content: PolicyContent;
  /** Parts that the bundle does not carry: they stay. */
  readonly kept: readonly ContentPart[];
  /** Parts of which the bundle carries others: the present ones go. */
  readonly lost: readonly ContentPart[];
}

/** The bundle's rules, settings and name, and each other part that it carries; what it does not carry stays as it is. */
export function replacedByBundle(present: PolicyContent, bundle: Bundle): ReplacedContent {
  const incoming = contentOfBundle(bundle);
  const has = (content: PolicyContent, part: ContentPart) => !isEmpty(content[part]);
  const kept = CONTENT_PARTS.filter((part) => has(present, part) && !has(incoming, part));
  const lost = CONTENT_PARTS.filter(
    (part) => has(present, part) && has(incoming, part) && !sameJson(present[part], incoming[part]),
  );
  const stays = Object.fromEntries(kept.map((part) => [part, present[part]])) as Partial<PolicyContent>;
  return { content: { ...incoming, ...stays }, kept, lost };
}

/** A catalog whose lists are all empty is none, and so is a bundle's empty list of tests. */
function isEmpty(part: PolicyContent[ContentPart]): boolean {
  if (part === undefined || part === '') return true;
  if (typeof part === 'string') return false;
  const members: readonly unknown[] = Array.isArray(part) ? part : Object.values(part);
  return Array.isArray(part)
    ? members.length === 0
    : members.every((member) => Array.isArray(member) && member.length === 0);
}
