/**
 * Types of `embed.js`, which defines the element `<policy-playground>`. Copy this file beside the pages that use it; docs/embedding.md
 * describes the attributes and the messages.
 */
export {};

declare global {
  /** The decision on the call that the embed shows. */
  interface PolicyPlaygroundDecision {
    readonly call: string;
    readonly effect: 'allow' | 'deny' | 'conditional';
    /** The rule that decided; null where none did. */
    readonly ruleId: string | null;
  }

  interface PolicyPlaygroundChange {
    /** The present bundle, as in a file (docs/bundle-and-link.md). */
    readonly bundle: unknown;
    /** Null where the bundle has no call. */
    readonly decision: PolicyPlaygroundDecision | null;
    /** Null where the bundle has no tests. */
    readonly tests: { readonly passed: number; readonly total: number } | null;
  }

  interface PolicyPlaygroundProblem {
    readonly code: 'version' | 'message' | 'too-large' | 'bundle' | 'call';
    readonly message: string;
  }

  interface PolicyPlaygroundEventMap {
    /** The embed is connected. */
    'playground-ready': CustomEvent<null>;
    /** The reader changed something, and the engine has decided anew. */
    'playground-change': CustomEvent<PolicyPlaygroundChange>;
    /** Something that the page sent was not accepted. */
    'playground-problem': CustomEvent<PolicyPlaygroundProblem>;
  }

  interface PolicyPlaygroundElement extends HTMLElement {
    /** Shows another bundle: an object, its JSON text, or a link. */
    show(source: string | object): void;
    /** Shows another call of the bundle. */
    focusCall(id: string): void;
  }

  interface HTMLElementTagNameMap {
    'policy-playground': PolicyPlaygroundElement;
  }
}
