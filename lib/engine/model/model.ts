/** The policy model: rules, calls and decisions in the shapes of docs/bundle-and-link.md and docs/semantics.md, "Calls, and facts that are not known". */
import type { Json, JsonObject } from '../../json';
import type { GatewayProfile, Reading } from './readings';

declare const brand: unique symbol;
type BrandedText<T, Name extends string> = T & { readonly [brand]: Name };

export type RuleId = BrandedText<string, 'RuleId'>;
export type CallId = BrandedText<string, 'CallId'>;
export const ruleId = (id: string): RuleId => id as RuleId;
export const callId = (id: string): CallId => id as CallId;

export type { Json, JsonObject };

export const EFFECTS = ['allow', 'deny', 'gated'] as const;
export type Effect = (typeof EFFECTS)[number];
export const STATUSES = ['draft', 'active', 'disabled'] as const;
export type Status = (typeof STATUSES)[number];
export const FACETS = ['resources', 'agents', 'instances', 'users', 'groups'] as const;
export type Facet = (typeof FACETS)[number];
export type Scope = { readonly [F in Facet]: readonly string[] };

export interface Rule {
  readonly id: RuleId;
  readonly name: string;
  readonly description: string;
  readonly effect: Effect;
  readonly status: Status;
  /** Each facet a list of selectors; an empty list covers everything. */
  readonly scope: Scope;
  readonly tools: readonly string[];
  /** CEL, or null. An empty string is not null: it does not compile. */
  readonly condition: string | null;
}

export interface Settings {
  /** What a gated rule with a false condition does: let evaluation go on (the default), or deny. */
  readonly gatedWhenFalse: 'continue' | 'deny';
  /** The profile of the gateway that decides. It travels beside the policy, and is no part of its digest. */
  readonly readings?: GatewayProfile;
}

export interface Policy {
  readonly rules: readonly Rule[];
  readonly settings: Settings;
}

/** A fact of a call: a missing key means unknown, null means known to be absent. */
type Fact<T> = T | null;

export interface Call {
  readonly id: CallId;
  /** RFC 3339, to the nanosecond. */
  readonly time?: Fact<string>;
  readonly agent?: Fact<{
    readonly slug?: Fact<string>;
    readonly name?: Fact<string>;
    readonly tags?: Fact<readonly string[]>;
  }>;
  readonly instance?: Fact<{
    readonly id?: Fact<string>;
    readonly name?: Fact<string>;
    readonly tags?: Fact<readonly string[]>;
    readonly client?: Fact<{
      readonly name?: Fact<string>;
      readonly version?: Fact<string>;
      /** The revision of MCP that the client speaks, such as `2025-11-25`. */
      readonly protocolVersion?: Fact<string>;
    }>;
  }>;
  readonly user?: Fact<{
    readonly id?: Fact<string>;
    readonly email?: Fact<string>;
    readonly name?: Fact<string>;
    readonly groups?: Fact<readonly string[]>;
  }>;
  readonly resource?: Fact<{
    readonly slug?: Fact<string>;
    readonly name?: Fact<string>;
    readonly tags?: Fact<readonly string[]>;
  }>;
  readonly tool?: Fact<{
    readonly name?: Fact<string>;
    readonly title?: Fact<string>;
    readonly annotations?: Fact<Annotations>;
  }>;
  /** Inside a present `args` nothing is unknown. */
  readonly args?: Fact<JsonObject>;
  readonly ip?: Fact<string>;
  readonly userAgent?: Fact<string>;
  readonly recorded?: Fact<RecordedDecision>;
}

/** Present annotations are complete: a hint that is missing or null is absent. */
export interface Annotations {
  readonly readOnlyHint?: Fact<boolean>;
  readonly destructiveHint?: Fact<boolean>;
  readonly idempotentHint?: Fact<boolean>;
  readonly openWorldHint?: Fact<boolean>;
}

/** What a source says the gateway decided. */
export interface RecordedDecision {
  readonly effect: 'allow' | 'deny';
  readonly ruleId?: string;
  readonly ruleName?: string;
  readonly reason?: string;
  /** The digest of the policy that was in force, where the source says it. */
  readonly policyDigest?: string;
}

export type DecisionEffect = 'allow' | 'deny' | 'conditional';

export type DecidedBy =
  | { readonly kind: 'rule' | 'gate'; readonly ruleId: RuleId }
  | { readonly kind: 'default' }
  | {
      readonly kind: 'undecided';
      readonly ruleIds: readonly RuleId[];
      readonly default: boolean;
      readonly waitsFor: readonly string[];
    };

export type Hazard =
  | { readonly kind: 'deny-skipped' | 'gate-passed'; readonly ruleId: RuleId }
  | { readonly kind: 'our-reading'; readonly reading: Reading; readonly ruleId: RuleId };

/** A decision without its steps: one line of a replay. */
export interface DecisionRow {
  readonly id: CallId;
  readonly effect: DecisionEffect;
  readonly decidedBy: DecidedBy;
  readonly hazards: readonly Hazard[];
}
