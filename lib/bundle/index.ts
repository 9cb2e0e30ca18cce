/** Bundles, digests and links. This file is the folder's only public entry. */
export { canonical, NotCanonical } from './canonical';
export { digestOf, shortDigest } from './digest';
export { readJson, setOwn, type JsonFault, type JsonProblem, type JsonRead, type JsonReadOptions } from './json';
export { LIMITS } from './limits';
export {
  decodeLink,
  encodeLink,
  looksLikeBundle,
  looksLikeLink,
  REFUSALS,
  type Decoded,
  type Encoded,
  type Fragment,
  type Refusal,
  type RefusalCode,
} from './link';
export { bundleOf, FORMAT, VERSION, type Bundle, type BundleTest, type Expectation } from './model';
export { positions, type Position, type Problem } from './problem';
export { readBundle, type ReadBundle, type ReadOptions, type Warning } from './read';
export { writeBundle } from './write';
