import { bundleOf, type Bundle, type Dismissal } from '@/lib/bundle';
import type { Call, Json, Policy } from '@/lib/engine';
import type { PolicyContent } from '@/lib/store';

type NamedPolicy = Policy & { readonly name: string };

/** The optional parts of a shared bundle. */
export const PARTS = ['call', 'trace', 'tests', 'catalog', 'notes', 'invariants', 'dismissed'] as const;
export type SharePart = (typeof PARTS)[number];

/** The available parts; undefined where there is none. */
export interface AvailableParts {
  readonly description: string | undefined;
  readonly call: Call | undefined;
  /** Loaded when it is chosen. */
  readonly trace: readonly Call[] | undefined;
  readonly tests: PolicyContent['tests'] | undefined;
  readonly catalog: PolicyContent['catalog'] | undefined;
  readonly notes: string | undefined;
  readonly invariants: readonly Json[];
  readonly dismissed: readonly Dismissal[];
}

/** The bundle to share: the rules, and the chosen parts. */
export function sharedBundle(policy: NamedPolicy, chosen: ReadonlySet<SharePart>, there: AvailableParts): Bundle {
  const { description, tests, catalog, notes, invariants, dismissed } = there;
  const call = chosen.has('call') ? there.call : undefined;
  const all = chosen.has('trace') ? (there.trace ?? []) : [];
  const trace = call === undefined || all.some(({ id }) => id === call.id) ? all : [call, ...all];
  return bundleOf(
    policy.name,
    { rules: policy.rules, settings: policy.settings },
    {
      ...(description === undefined || description === '' ? {} : { description }),
      ...(trace.length === 0 ? {} : { trace }),
      ...(call === undefined ? {} : { focus: call.id }),
      ...(chosen.has('tests') && tests !== undefined ? { tests } : {}),
      ...(chosen.has('catalog') && catalog !== undefined ? { catalog } : {}),
      ...(chosen.has('notes') && notes !== undefined ? { notes } : {}),
      ...(chosen.has('invariants') && invariants.length > 0 ? { invariants } : {}),
      ...(chosen.has('dismissed') && dismissed.length > 0 ? { dismissed: dismissed.map((one) => ({ ...one })) } : {}),
    },
  );
}

/** The parts that are kept with a policy, and not only open beside it. */
export const keptParts = ({ tests, catalog, notes }: Partial<PolicyContent>): readonly SharePart[] => [
  ...(tests === undefined ? [] : (['tests'] as const)),
  ...(catalog === undefined ? [] : (['catalog'] as const)),
  ...(notes === undefined || notes === '' ? [] : (['notes'] as const)),
];

/** Whether it contains values that may be personal or confidential. */
export const holdsValues = ({ trace, tests, catalog, notes, invariants, dismissed }: Bundle): boolean =>
  [trace, tests].some((calls) => calls !== undefined && calls.length > 0) ||
  catalog !== undefined ||
  notes !== undefined ||
  invariants !== undefined ||
  dismissed !== undefined;
