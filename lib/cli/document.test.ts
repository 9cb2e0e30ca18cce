import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS as DESCRIBED, EXAMPLES } from '../../components/docs/command-line-text';
import { COMMANDS } from './commands';
import { commandLineDocument, PATH } from './testdata/document';

describe('what is written about the command line', () => {
  it('is what the commands say: `npx tsx lib/cli/testdata/document.ts` writes it anew', async () => {
    const written = await commandLineDocument();
    expect(readFileSync(PATH, 'utf8')).toBe(written);
    // Nothing in an example is put in another form.
    for (const { code } of EXAMPLES) expect(written).toContain(code);
  });

  it('names every command in the page, as it names itself', async () => {
    const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
    expect(DESCRIBED.map(([name, , says]) => [name, says])).toEqual(
      commands.map(({ name, summary }) => [name, summary]),
    );
    for (const [i, [, usage]] of DESCRIBED.entries()) expect(commands[i]?.usage.startsWith(usage)).toBe(true);
  });
});
