/** Which expressions cel-go's checker refuses, and where: as recorded from cel-go 0.28.1 with its default environment. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from './check/checker';
import { parse } from './syntax/parser';
import { mapOf, DYN, STRING } from './check/types';
import { recording, RECORDINGS } from '../testdata/recordings';

interface Recorded {
  readonly id: string;
  readonly expression: string;
  /** cel-go's message, for orientation; absent where it accepts the expression. */
  readonly refused?: string;
  /** Where its first error points to, from 1; columns are code points. */
  readonly line?: number;
  readonly column?: number;
}

const FACTS = mapOf(STRING, DYN);
const DECLARED = { agent: FACTS, user: FACTS, resource: FACTS, tool: FACTS, request: FACTS };

function offsetOf(source: string, line: number, column: number): number {
  const before = source.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, text) => sum + text.length + 1, 0);
  return start + [...source.slice(start)].slice(0, column - 1).join('').length;
}

/** What is wrong with our answer to a recorded case; undefined where nothing is. */
function fault({ id, expression, refused, line = 1, column = 1 }: Recorded): string | undefined {
  const parsed = parse(expression);
  const { diagnostics } = check(parsed, { declarations: DECLARED });
  const found = diagnostics.map((each) => `${each.message} at ${each.start}-${each.end}`).join('; ');
  if (parsed.diagnostics.length || (refused !== undefined) !== diagnostics.length > 0) {
    return `${id}: ${expression}: cel-go: ${refused ?? 'accepts'}; we: ${found}`;
  }
  // Ours are ranges and cel-go's a point, at a dot or a parenthesis beside the name.
  const at = offsetOf(expression, line, column);
  return refused === undefined || diagnostics.some(({ start, end }) => start - 1 <= at && at <= end)
    ? undefined
    : `${id}: ${expression}: cel-go points at ${at}; we: ${found}`;
}

const lines = (path: string | URL): string[] => readFileSync(path, 'utf8').trim().split('\n');

test('a part of the recorded cases', () => {
  const cases = lines(new URL('testdata/check-recorded.jsonl', import.meta.url)).map(
    (line): Recorded => JSON.parse(line) as Recorded,
  );
  expect(cases.filter((one) => one.refused !== undefined).length).toBeGreaterThan(200);
  expect(cases.flatMap((one) => fault(one) ?? [])).toEqual([]);
});

describe.skipIf(!RECORDINGS)('all recorded answers, where the recordings are at hand', () => {
  test.each(['curated', 'fuzz', 'partial'])('%s', (name) => {
    const faults = lines(recording(`cel-go/${name}.jsonl`)).flatMap((line) => {
      const { id, expression, result } = JSON.parse(line) as {
        id: string;
        expression: string;
        result: { error?: { phase: string; message: string; line?: number; column?: number } };
      };
      const error = result.error?.phase === 'check' ? result.error : undefined;
      if (result.error?.phase === 'parse') return [];
      return fault({ id, expression, ...(error && { ...error, refused: error.message }) }) ?? [];
    });
    expect(faults).toEqual([]);
  });
});
