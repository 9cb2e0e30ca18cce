import type { DecisionEffect } from '@/lib/engine';
import { policyId, traceId, versionId, type PolicyId, type TraceId, type VersionId } from '@/lib/store';
import type { EffectChange } from '../compare-matrix';

/** The baseline of a comparison as an address can name it: a bundle by the digest of its policy. */
export type AgainstName =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'version'; readonly id: VersionId }
  | { readonly kind: 'policy'; readonly id: PolicyId }
  | { readonly kind: 'bundle'; readonly digest: string };

/** What the page compares. For an undefined part the page uses what is open in the workbench. */
export interface CompareAddress {
  readonly policy: PolicyId | undefined;
  readonly against: AgainstName | undefined;
  readonly trace: TraceId | undefined;
  readonly cell: EffectChange | undefined;
  /** Index of the chosen call in the trace, from 0. */
  readonly call: number | undefined;
}

/** A parsed address, with the names of the parts that are malformed. */
export interface CompareAddressRead extends CompareAddress {
  readonly unread: readonly string[];
}

export const NOWHERE: CompareAddress = {
  policy: undefined,
  against: undefined,
  trace: undefined,
  cell: undefined,
  call: undefined,
};

/** The characters of ids; whether an id exists is known to storage only. */
const ID = /^[\w-]{1,80}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const PLACE = /^\d{1,9}$/;

/** Reads a fragment, which is untrusted: malformed parts are not used, and are named in `unread`. */
export function readAddress(fragment: string): CompareAddressRead {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const unread: string[] = [];
  const part = <T>(name: string, read: (text: string) => T | undefined): T | undefined => {
    const text = given.get(name);
    if (text === null) return undefined;
    const value = read(text);
    if (value === undefined) unread.push(name);
    return value;
  };
  const id =
    <T>(make: (text: string) => T) =>
    (text: string): T | undefined =>
      ID.test(text) ? make(text) : undefined;
  return {
    policy: part('policy', id(policyId)),
    against: part('against', againstOf),
    trace: part('trace', id(traceId)),
    cell: part('cell', cellOf),
    call: part('call', (text) => (PLACE.test(text) ? Number(text) : undefined)),
    unread,
  };
}

/** The fragment that names this, `#` included; empty where nothing is named. */
export function writeAddress({ policy, against, trace, cell, call }: CompareAddress): string {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['policy', policy],
    ['against', against === undefined ? undefined : againstText(against)],
    ['trace', trace],
    ['cell', cell === undefined ? undefined : `${cell.from}.${cell.to}`],
    ['call', call === undefined ? undefined : String(call)],
  ];
  const written = parts.flatMap(([name, text]) => (text === undefined ? [] : [`${name}=${text}`]));
  return written.length === 0 ? '' : `#${written.join('&')}`;
}

function againstOf(text: string): AgainstName | undefined {
  if (text === 'nothing') return { kind: 'nothing' };
  const [, kind, rest = ''] = /^(version|policy|bundle)\.(.+)$/.exec(text) ?? [];
  if (kind === 'bundle') return DIGEST.test(rest) ? { kind, digest: rest } : undefined;
  if (!ID.test(rest)) return undefined;
  if (kind === 'version') return { kind, id: versionId(rest) };
  return kind === 'policy' ? { kind, id: policyId(rest) } : undefined;
}

function againstText(against: AgainstName): string {
  switch (against.kind) {
    case 'nothing':
      return 'nothing';
    case 'bundle':
      return `bundle.${against.digest}`;
    case 'version':
    case 'policy':
      return `${against.kind}.${against.id}`;
  }
}

function cellOf(text: string): EffectChange | undefined {
  const [from = '', to = '', ...more] = text.split('.');
  return more.length === 0 && isEffect(from) && isEffect(to) ? { from, to } : undefined;
}

const EFFECTS: { readonly [E in DecisionEffect]: true } = { allow: true, deny: true, conditional: true };
const isEffect = (text: string): text is DecisionEffect => Object.hasOwn(EFFECTS, text);
