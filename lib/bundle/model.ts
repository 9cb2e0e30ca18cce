import type { Call, CallId, Catalog, DecidedBy, Json, JsonObject, Policy } from '../engine';

export const FORMAT = 'policy-bundle';
export const VERSION = 1;

/**
 * A policy and what travels with it (docs/bundle-and-link.md, "Bundle"), as it is in memory: rules and settings are filled in, and the
 * gateway's profile (`readings` of the document) is with the settings. Unknown fields that
 * were read stay where they were as own properties, unseen by these types, and are written again: change a bundle or a rule by spreading
 * it (`{ ...rule, name }`), never by building it anew from its known fields.
 */
export interface Bundle extends Policy {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly name: string;
  readonly description?: string;
  /** What the policy's world is made of; nothing in it is omitted or added, so each list may be missing. */
  readonly catalog?: Partial<Catalog>;
  readonly tests?: readonly BundleTest[];
  /** What its author says of all calls, each a line of text (docs/bundle-and-link.md, "Bundle"). Entries of another form are kept. */
  readonly invariants?: readonly Json[];
  /** Findings that were dismissed: see `dismissed.ts`. Entries of another form are kept. */
  readonly dismissed?: readonly Json[];
  /** Reserved for lessons. */
  readonly exercise?: JsonObject;
  /** Of a reproduced decision: what the log says beside the calls of `trace`, and what was found. */
  readonly case?: JsonObject;
  readonly trace?: readonly Call[];
  /** The call of `trace` that is to be looked at. */
  readonly focus?: CallId;
  readonly notes?: string;
}

export interface BundleTest {
  readonly name: string;
  readonly call: Call;
  readonly expect: TestExpectation;
}

export interface TestExpectation {
  readonly effect: 'allow' | 'deny' | 'conditional';
  readonly decidedBy?: DecidedBy;
}

/** A bundle of the policy alone. */
export function bundleOf(
  name: string,
  policy: Policy,
  rest: Omit<Partial<Bundle>, keyof Policy | 'format' | 'version' | 'name'> = {},
): Bundle {
  return { ...rest, format: FORMAT, version: VERSION, name, settings: policy.settings, rules: policy.rules };
}
