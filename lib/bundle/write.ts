import { canonical } from './canonical';
import type { Bundle } from './model';
import { writtenBundle } from './written';

/**
 * A bundle as it is written to a file or a link: canonical JSON (RFC 8785), with the defaults of rules and settings left out, and unknown
 * fields as they were read.
 *
 * @throws {NotCanonical} where a text holds a lone surrogate or a value nests too deep, which nothing that was read does.
 */
export function writeBundle(bundle: Bundle): string {
  return canonical(writtenBundle(bundle));
}
