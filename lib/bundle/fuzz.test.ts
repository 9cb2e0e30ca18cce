import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../testdata/random';
import { toBase64url } from './base64url';
import { canonical } from './canonical';
import { decodeLink } from './link';
import { readBundle } from './read';
import { sha256Hex } from './sha256';
import { bundleVectors } from './testdata/vectors';
import { writeBundle } from './write';

/** How many mutations of each kind are tried: a few in every run of the tests, as many as one likes by `FUZZ_RUNS`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const VECTORS = bundleVectors().filter(({ source }) => source.length < 5_000);
const LINKS = VECTORS.map(({ link }) => link);
const SHARED = new Set(VECTORS.map(({ canonical: text }) => text));

/** Whole numbers below a bound; with a seed, so that every failure can be seen again. */
function random(seed: number): (below: number) => number {
  const next = randomFrom(seed);
  return (below) => Math.floor(next() * below);
}

type Mutation = (text: string, next: (below: number) => number, others: readonly string[]) => string;

const splice = (text: string, at: number, removed: number, added: string): string =>
  text.slice(0, at) + added + text.slice(at + removed);
const pick = <T>(list: readonly T[], next: (below: number) => number): T => {
  const item = list[next(list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const LETTERS = [...'ABCxyz019-_.#%+/= \n\u200b"{}[]:,\\'];
const MUTATIONS: readonly Mutation[] = [
  (text, next) => {
    // A flipped bit, as a bad line would give.
    const at = next(text.length);
    return splice(text, at, 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << next(7))));
  },
  (text, next) => splice(text, next(text.length), 1, pick(LETTERS, next)),
  (text, next) => splice(text, next(text.length), 0, pick(LETTERS, next)),
  (text, next) => splice(text, next(text.length), 1 + next(20), ''),
  (text, next) => text.slice(0, next(text.length)),
  (text, next) => text.slice(next(text.length)),
  (text, next, others) => text.slice(0, next(text.length)) + pick(others, next).slice(next(100)),
  (text, next) => {
    const at = next(text.length);
    return splice(text, next(text.length), 0, text.slice(at, at + next(50)));
  },
  (text) => text.toUpperCase(),
  (text, next) => text.split('').reverse().join('').slice(next(3)),
];

const JSON_MUTATIONS: readonly Mutation[] = [
  ...MUTATIONS,
  (text) => text.replace('{', '{"__proto__":{"rules":[]},'),
  (text) => text.replace('"rules"', '"rules":[],"rules"'),
  (text, next) =>
    text.replace(/:(?=["[{0-9])/g, (colon) => (next(6) === 0 ? `:${'['.repeat(100)}${']'.repeat(100)},"x":` : colon)),
  (text, next) => text.replace(/"(?=[a-z])/g, (quote) => (next(10) === 0 ? '"\\ud800' : quote)),
  (text, next) =>
    text.replace(/"[^"]*"/g, (whole) =>
      next(8) === 0 ? pick(['null', '1e999', '-0', '{}', '[]', 'true', '""', '"tag:"'], next) : whole,
    ),
  (text, next) => text.replace(/"(\w+)":/g, (whole) => (next(10) === 0 ? whole.toUpperCase() : whole)),
];

/** Applies one to three mutations. */
function mutated(
  text: string,
  mutations: readonly Mutation[],
  next: (below: number) => number,
  others: readonly string[],
): string {
  let result = text;
  for (let times = 1 + next(3); times > 0 && result !== ''; times--)
    result = pick(mutations, next)(result, next, others);
  return result;
}

describe(`${String(RUNS)} mutations of each kind, seed ${String(SEED)}`, { timeout: 60 * 60 * 1000 }, () => {
  it('no mutated link opens as something that was not shared', () => {
    const next = random(SEED);
    let opened = 0;
    for (let run = 0; run < RUNS; run++) {
      const text = mutated(pick(LINKS, next), MUTATIONS, next, LINKS);
      const decoded = decodeLink(text);
      if (!decoded.ok) continue;
      opened++;
      // Other bits may unpack to the same bytes (the last byte's padding, a copy from elsewhere): what counts is what opens.
      if (!SHARED.has(writeBundle(decoded.bundle))) throw new Error(`opens: ${JSON.stringify(text)}`);
    }
    // Some mutations leave the link whole: white space in it, something before it, something after it.
    expect(opened).toBeGreaterThan(RUNS / 500);
    expect(opened).toBeLessThan(RUNS / 2);
  });

  it('no mutated bundle is read as anything but what it says', () => {
    const next = random(SEED + 1);
    let read = 0;
    const sources = VECTORS.map(({ source }) => source);
    for (let run = 0; run < RUNS; run++) {
      const text = mutated(pick(sources, next), JSON_MUTATIONS, next, sources);
      const result = readBundle(text);
      if (!result.ok) {
        if (result.problems.length === 0) throw new Error(`refused without a reason: ${JSON.stringify(text)}`);
        continue;
      }
      read++;
      const written = writeBundle(result.bundle);
      // What was read says the same as the platform's own reader finds, rule for rule, and so does what is written of it.
      const meant = JSON.parse(text.replace(/^\ufeff/, '')) as { readonly rules: readonly object[] };
      const again = JSON.parse(written) as { readonly rules: readonly object[] };
      if (canonical(outside(meant)) !== canonical(outside(again))) throw new Error(`changed: ${JSON.stringify(text)}`);
      result.bundle.rules.forEach((rule, index) => expect(rule).toMatchObject(meant.rules[index] ?? {}));
    }
    expect(read).toBeGreaterThan(RUNS / 500);
  });

  it('no stream of bytes behind a right check throws, or opens', () => {
    const next = random(SEED + 2);
    let refused = 0;
    for (let run = 0; run < RUNS / 4; run++) {
      const bytes = Uint8Array.from({ length: next(300) }, () => next(256));
      const check = sha256Hex(bytes).slice(0, 12);
      const raw = toBase64url(next(2) === 0 ? bytes : deflateSync(bytes));
      const decoded = decodeLink(`#1.${raw}.${check}`);
      if (decoded.ok) throw new Error(`opens: ${raw}`);
      refused++;
    }
    expect(refused).toBe(RUNS / 4);
  });
});

/** A bundle without its rules and settings, which are written shorter than they were read. */
function outside({ rules: _rules, ...rest }: { readonly rules: readonly object[] }): never {
  const { settings: _settings, ...others } = rest as { readonly settings?: object };
  return others as never;
}
