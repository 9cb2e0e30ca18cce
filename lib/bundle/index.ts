/** Bundles, digests and links. This file is the folder's only public entry. */
export { canonical } from './canonical';
export { dismissalFor, dismissalOf, dismissalsOf, isDismissible, isSameDismissal, type Dismissal } from './dismissed';
export { digestOf, shortDigest } from './digest';
export { readJson, type JsonFaultCode, type JsonProblem, type JsonRead, type JsonReadOptions } from './json';
export { LIMITS } from './limits';
export {
  decodeLink,
  encodeLink,
  looksLikeBundle,
  looksLikeLink,
  type DecodedLink,
  type EncodedLink,
  type LinkFragment,
  type LinkRefusal,
  type LinkRefusalCode,
} from './link';
export { bundleOf, FORMAT, VERSION, type Bundle, type BundleTest, type TestExpectation } from './model';
export { positions, type TextPosition, type BundleProblem } from './problem';
export { readBundle, type ReadBundle, type ReadOptions, type BundleWarning } from './read';
export { writeBundle } from './write';
export { sha256Hex, sha256OfPieces } from './sha256';
