import { describe, expect, test } from 'vitest';
import { callId, compilePolicy, fillPolicy, ruleId, type Call } from '../../engine';
import { missingFacts } from './value-classes';

const CALL: Call = {
  id: callId('c'),
  agent: { slug: 'codex' },
  user: { id: 'u', groups: [] },
  resource: { slug: 'shop' },
  tool: { name: 'send_mail' },
  args: {},
};

/** What each class of a missing time decides, as text. */
async function classesUnder(condition: string): Promise<readonly string[]> {
  const policy = fillPolicy({
    rules: [
      { id: ruleId('night'), name: 'Night', effect: 'deny', tools: ['*'], condition },
      { id: ruleId('rest'), name: 'Rest', effect: 'allow', tools: ['*'] },
    ],
  });
  const [fact] = await missingFacts(await compilePolicy(policy), CALL);
  return (fact?.classes ?? []).map(({ values, gives }) => {
    const shown = 'values' in values ? values.values.join(' ') : values.kind;
    return `${shown}: ${gives.effect}`;
  });
}

describe('a time that is not known', () => {
  test('is tried at each hour of a week', async () => {
    expect(await classesUnder('request.time.getHours() < 6')).toEqual([
      '2026-01-05T00:00:00Z 2026-01-05T05:00:00Z: deny',
      '2026-01-05T06:00:00Z 2026-01-05T23:00:00Z: allow',
      'absent: allow',
    ]);
    expect(await classesUnder('request.time.getDayOfWeek() == 0')).toEqual([
      '2026-01-05T00:00:00Z 2026-01-10T23:00:00Z: allow',
      '2026-01-11T00:00:00Z 2026-01-11T23:00:00Z: deny',
      'absent: allow',
    ]);
  });

  test('is tried at the times that rules compare with, and is never a text that is no time', async () => {
    const classes = await classesUnder('request.time >= timestamp("2026-03-01T00:00:00Z")');
    expect(classes.at(-1)).toBe('absent: allow');
    expect(classes.slice(0, -1).map((one) => one.split(': ')[1])).toEqual(['allow', 'deny']);
    expect(classes.join()).toContain('2026-03-01T00:00:00Z');
    expect(classes.join()).not.toContain('other');
  });
});
