import { expect, test } from 'vitest';
import { callId, EMPTY_CATALOG, type Call } from '../engine';
import { blocksSince } from '../testdata/counted-work';
import { suggestRules, type PolicySuggestion, type SuggestionChoices } from '.';

/** The worst that agents can do: calls at random by users, agents, resources and tools, so that no two users call the same. */
function randomCalls(count: number): readonly Call[] {
  let state = 7;
  const oneOf = (size: number): number => (state = (state * 48_271) % 2_147_483_647) % size;
  return Array.from({ length: count }, (_, i) => ({
    id: callId(String(i)),
    user: { id: `u${String(oneOf(count / 50))}`, email: null },
    agent: { slug: `a${String(oneOf(5))}` },
    resource: { slug: `r${String(oneOf(5))}` },
    tool: { name: `${oneOf(2) === 0 ? 'get' : 'send'}_${String(oneOf(8))}` },
  }));
}

/** The blocks of code between two pauses, and the suggestion. */
async function piecesOf(
  calls: readonly Call[],
): Promise<{ pieces: number[]; suggestion: PolicySuggestion | undefined }> {
  const pieces: number[] = [];
  const pause = (): Promise<boolean> => {
    pieces.push(blocksSince());
    return Promise.resolve(true);
  };
  // As the worker goes through a trace.
  const visit = async (each: (call: Call, index: number) => void): Promise<boolean> => {
    for (const [index, call] of calls.entries()) {
      each(call, index);
      if (index % 32 === 31) await pause();
    }
    return pause();
  };
  const choices: SuggestionChoices = {
    ...{ take: 'not-denied', tools: 'exact', limitsArguments: false },
    by: ['users', 'agents', 'resources'],
  };
  blocksSince();
  const suggestion = await suggestRules({ visit, pause }, choices, { catalog: EMPTY_CATALOG });
  await pause();
  return { pieces, suggestion };
}

test('however many rules there are, the work is done in small pieces', async () => {
  const { pieces, suggestion } = await piecesOf(randomCalls(1000));
  expect(suggestion?.rules.length).toBeGreaterThan(300);
  const [largest = 0, ...others] = pieces.toSorted((a, b) => b - a);
  // The rules are compiled at once: some hundred blocks each. Then the first decision sorts out which rules a call can meet.
  expect(largest).toBeLessThan(400_000);
  expect(others.filter((piece) => piece > 30_000).length).toBeLessThanOrEqual(3);
});
