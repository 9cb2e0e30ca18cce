import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillUseCase, presence } from '.';
import { gate, useCase } from './testkit';

test('whatever an argument is called, and whatever is filled in, the condition compiles and says what it should', async () => {
  const one = useCase('channel-list');
  const wellFormed = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(wellFormed, wellFormed, fc.boolean(), async (name, value, guarded) => {
      fc.pre(name !== '__proto__');
      const argument = { path: [name], type: 'string' as const, required: true, tools: 1 };
      const condition = fillUseCase(one, {
        arguments: { channel: argument },
        values: { channels: [value] },
        guarded,
      });
      const decided = await gate(condition, one.sample.tool);
      expect(decided({ args: { [name]: value } }).effect, condition).toBe('allow');
      expect(decided({ args: { [name]: `${value}x` } }).effect, condition).toBe('deny');
    }),
    { numRuns: 60 },
  );
  expect(presence(['a', 'b-c'])).toBe('"b-c" in request.args.a');
});
