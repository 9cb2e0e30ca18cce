/** The limits of a bundle (docs/bundle-and-link.md, "Bundle"), in one place. */
export const LIMITS = {
  /** Bytes of JSON in UTF-8, written in a file or decompressed from a link. */
  bytes: 4 * 1024 * 1024,
  rules: 5_000,
  patterns: 64,
  /** Unicode code points of a condition. */
  condition: 4_096,
  /** Calls that a link may carry; a file may carry as many as fit. */
  linkCalls: 2_000,
  invariants: 200,
  /** Unicode code points of an invariant. */
  invariant: 1_000,
  /** Lists and objects: empty ones are two bytes of text, and some sixty of memory. */
  containers: 1_000_000,
  /** Levels of arrays and objects: far beyond any real document, and few enough for a simple recursive reader. */
  depth: 128,
} as const;
