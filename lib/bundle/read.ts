import { isObject } from '../json';
import {
  fillPolicy,
  validateReadings,
  validateRules,
  validateSettings,
  type Json,
  type JsonObject,
  type WrittenPolicy,
} from '../engine';
import { readJson } from './json';
import { LIMITS } from './limits';
import { locate } from './locate';
import { FORMAT, VERSION, type Bundle } from './model';
import { MOST_PROBLEMS, positions, quoted, type UnplacedProblem, type BundleProblem } from './problem';
import { checkRelations } from './relations';
import { check, count, isArray, type ShapeFindings } from './shape';
import { BUNDLE } from './shapes';
import { writeBundle } from './write';

/** Something that is accepted and should be known: a field that is kept without being understood, a focus that leads nowhere. */
export type BundleWarning = BundleProblem;

export type ReadBundle =
  | { readonly ok: true; readonly bundle: Bundle; readonly warnings: readonly BundleWarning[] }
  | { readonly ok: false; readonly problems: readonly BundleProblem[] };

export interface ReadOptions {
  /** The bundle came by a link: it may carry 2,000 calls at most, and should be in canonical form. */
  readonly link?: boolean;
}

/**
 * Reads a bundle (docs/bundle-and-link.md, "Bundle"): whole, or not at all with every problem in the order of the text. Never throws.
 *
 * A text that is not JSON to its end is diagnosed up to the fault; a bundle of a newer version only as JSON, for its rules are not ours
 * to judge. At most 10,000 problems are listed, and the number of further ones is said.
 *
 * @param source the text, or its bytes in UTF-8
 */
export function readBundle(source: string | Uint8Array, options: ReadOptions = {}): ReadBundle {
  const text = textOf(source);
  if (typeof text !== 'string') return { ok: false, problems: [text] };
  const json = readJson(text);
  const findings = new CollectedProblems();
  if (json.value !== undefined) validate(json.value, options, findings);
  const problems = placed(text, json.problems, findings.problems, json.value !== undefined);
  if (problems.length > MOST_PROBLEMS) {
    problems.splice(MOST_PROBLEMS);
    const message = `there are more problems than these ${count(MOST_PROBLEMS)}`;
    problems.push({ pointer: '', code: 'more-problems', message });
  }
  if (json.value === undefined || problems.length > 0) return { ok: false, problems };
  const bundle = filled(json.value as JsonObject);
  if (options.link === true && writeBundle(bundle) !== text) {
    findings.warnings.push({
      pointer: '',
      code: 'not-canonical',
      message: 'what the link holds is not in canonical form',
    });
  }
  return { ok: true, bundle, warnings: placed(text, [], findings.allWarnings(), true) };
}

function textOf(source: string | Uint8Array): string | BundleProblem {
  const tooLarge: BundleProblem = {
    pointer: '',
    code: 'too-large',
    message: `the document is larger than the limit of ${count(LIMITS.bytes)} bytes`,
  };
  if (typeof source === 'string') {
    // A UTF-16 unit is one to three bytes of UTF-8, so mostly there is no need to count.
    if (source.length > LIMITS.bytes) return tooLarge;
    const small = source.length * 3 <= LIMITS.bytes;
    return small || new TextEncoder().encode(source).length <= LIMITS.bytes ? source : tooLarge;
  }
  if (source.length > LIMITS.bytes) return tooLarge;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(source);
  } catch {
    return { pointer: '', code: 'not-utf-8', message: 'the document is not text in UTF-8' };
  }
}

function validate(value: Json, options: ReadOptions, to: CollectedProblems): void {
  if (!isObject(value)) {
    const what = isArray(value) ? 'a list' : 'a single value';
    return to.problem({
      pointer: '',
      code: 'not-a-bundle',
      message: `the document is ${what}, and a bundle is an object`,
    });
  }
  if (value['format'] !== FORMAT && !Object.hasOwn(value, 'rules')) {
    const message = `the document is not a bundle: it has no ${quoted('format')} of ${quoted(FORMAT)}`;
    return to.problem({ pointer: '', code: 'not-a-bundle', message });
  }
  const version = value['version'];
  if (typeof version === 'number' && version > VERSION) {
    const message = `this bundle is of version ${String(version)}, and only version ${String(VERSION)} can be read here: open it with a newer release`;
    return to.problem({ pointer: '/version', code: 'newer-version', message });
  }
  check(value, BUNDLE, '', '', to);
  const { rules, settings, readings } = value;
  if (rules !== undefined) to.all(validateRules(rules, '/rules'));
  if (settings !== undefined) to.all(validateSettings(settings, '/settings'));
  if (readings !== undefined) to.all(validateReadings(readings, '/readings'));
  checkRelations(value, options, to);
}

/** The profile of the gateway goes with the settings. INVARIANT: only after `validate` found nothing. */
function filled({ readings, ...value }: JsonObject): Bundle {
  const { rules, settings } = fillPolicy(value as unknown as WrittenPolicy);
  const profile = isObject(readings) && Object.keys(readings).length > 0 ? { readings } : {};
  return { ...value, rules, settings: { ...settings, ...profile } } as unknown as Bundle;
}

/** A finding that knows its offset already, or is to be found by its pointer. */
type PlaceableProblem = UnplacedProblem & { readonly offset?: number };

/** Gives each finding its position, in the order of the text. */
function placed(
  text: string,
  json: readonly PlaceableProblem[],
  found: readonly PlaceableProblem[],
  wellFormed: boolean,
): BundleProblem[] {
  const all = [...json, ...found];
  if (all.length === 0) return [];
  const place = wellFormed
    ? locate(
        text,
        found.map((finding) => finding.pointer),
      )
    : undefined;
  const positionOf = positions(text);
  const offsetOf = (finding: PlaceableProblem): number => {
    if (finding.offset !== undefined) return finding.offset;
    const found = place?.(finding.pointer);
    return (finding.atKey === true ? found?.key : found?.value) ?? 0;
  };
  return all
    .map(({ pointer, code, message, ...rest }) => ({
      pointer,
      code,
      message,
      position: positionOf(offsetOf({ pointer, code, message, ...rest })),
    }))
    .sort((a, b) => a.position.offset - b.position.offset);
}

class CollectedProblems implements ShapeFindings {
  /** One more than are listed may be in it, so that it shows that some are not. */
  readonly problems: UnplacedProblem[] = [];
  readonly warnings: UnplacedProblem[] = [];
  /** Unknown fields by the place they are at, whichever entry of a list: one warning speaks for all of them. */
  private readonly unknown = new Map<
    string,
    { readonly first: UnplacedProblem; readonly field: string; times: number }
  >();

  get full(): boolean {
    return this.problems.length > MOST_PROBLEMS;
  }

  problem(finding: UnplacedProblem): void {
    if (!this.full) this.problems.push(finding);
  }

  all(findings: readonly UnplacedProblem[]): void {
    for (const finding of findings) {
      // Of a field that should not be there the key is what is wrong.
      this.problem(finding.code === 'unknown-field' ? { ...finding, atKey: true } : finding);
    }
  }

  warning(finding: UnplacedProblem): void {
    this.warnings.push(finding);
  }

  unknownField(pointer: string, place: string, field: string): void {
    const seen = this.unknown.get(place);
    if (seen !== undefined) seen.times++;
    else if (this.unknown.size < MOST_WARNINGS) {
      const message = `the field ${quoted(field)} is not known here: it is kept as it is`;
      this.unknown.set(place, { first: { pointer, code: 'unknown-field', message, atKey: true }, field, times: 1 });
    }
  }

  allWarnings(): readonly UnplacedProblem[] {
    const unknown = [...this.unknown.values()].map(({ first, field, times }) =>
      times === 1
        ? first
        : {
            ...first,
            message: `the field ${quoted(field)} is not known here: it is kept as it is, in ${count(times)} places`,
          },
    );
    return [...unknown, ...this.warnings];
  }
}

const MOST_WARNINGS = 1_000;
