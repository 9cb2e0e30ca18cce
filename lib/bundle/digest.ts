import type { Policy } from '../engine';
import { canonical } from './canonical';
import { FORMAT, VERSION } from './model';
import { sha256Hex } from './sha256';
import { writtenPolicy } from './written';

/**
 * The policy digest: SHA-256, 64 hexadecimal digits, of the canonical form of `{format, version, settings, rules}` as written, that is with
 * the omissions of a bundle applied. The same policy has the same digest whatever name, catalog, trace or notes travel with it.
 *
 * Fields beginning with `x-` in rules, scopes and settings belong to the policy and count.
 *
 * @throws {NotCanonical} where a text of the policy holds a lone surrogate, which nothing that was read does.
 */
export function digestOf(policy: Policy): string {
  const written = { format: FORMAT, version: VERSION, ...writtenPolicy(policy) };
  return sha256Hex(new TextEncoder().encode(canonical(written)));
}

/** The form in which a digest is shown where there is little room: its first eight digits in two groups, `9f3a·17c2`. */
export function shortDigest(digest: string): string {
  return `${digest.slice(0, 4)}·${digest.slice(4, 8)}`;
}
