/** Whether a policy permits more than another one, as `policy diff` prints it. */
import type { Rule } from '../engine';
import type { PolicyDifference } from '../regions';
import { openWords, PERMISSION_WAYS, PERMISSION_WORDS, regionWords, tickedText } from '../wording';
import type { CliIo } from './io';

/** `rules`: those of the first and of the second policy. */
export async function printPermissiveness(
  compared: PolicyDifference,
  rules: readonly [before: readonly Rule[], after: readonly Rule[]],
  io: CliIo,
): Promise<void> {
  io.err(PERMISSION_WORDS[compared.answer]);
  for (const way of PERMISSION_WAYS) {
    const calls = compared[way];
    const open = openWords(way, calls);
    if (open !== undefined) io.err(tickedText(open));
    if (calls.kind !== 'some') continue;
    for (const example of calls.examples) {
      await io.out(`${tickedText(regionWords(way, example, rules))}; for example ${JSON.stringify(example.call)}`);
    }
  }
}
