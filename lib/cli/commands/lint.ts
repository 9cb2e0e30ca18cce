import type { CliCommand } from '../command';
import { ruleFindings, type RuleFinding } from '../findings';
import { requirePolicy } from '../policy';
import { excerpt } from '../source';
import { plain } from '../printable';
import { toned } from '../tone';
import { ruleName } from '../words';

export const lint: CliCommand = {
  name: 'lint',
  usage: 'FILE [--json]',
  summary:
    'Names what is valid and probably not meant: conditions that err, patterns that are not portable, hidden characters.',
  help: `
FILE is a bundle, a file with a link in it, a link, or \`-\` for standard input.

  --json  print one finding of JSON a line: pointer, ruleId, severity, code, message, and start and end in the condition

The answer is no (exit code 1) where there is an error (a condition that does not compile, so that the gateway would skip
its rule) or the bundle is invalid. Warnings and remarks change nothing.`,
  options: { json: { type: 'boolean' } },
  arity: [1, 1],
  async run([file = ''], values, io) {
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    const findings = ruleFindings(bundle.rules, bundle.catalog);
    for (const finding of findings) {
      if (values['json'] === true) {
        const { range, ...rest } = finding;
        await io.json(
          `${JSON.stringify(range === undefined ? rest : { ...rest, start: range.start, end: range.end })}\n`,
        );
        continue;
      }
      const tone = { error: 'deny', warning: 'conditional', info: 'faint' } as const;
      const name = plain(ruleName(bundle.rules, finding.ruleId));
      await io.out(
        `${toned(finding.severity, tone[finding.severity], io)}: ${name}: ${plain(finding.message)} (${finding.code})\n`,
      );
      await io.out(detail(finding));
    }
    const count = (severity: RuleFinding['severity']): number =>
      findings.filter((one) => one.severity === severity).length;
    io.err(
      `${String(count('error'))} errors, ${String(count('warning'))} warnings, ${String(count('info'))} remarks\n`,
    );
    return count('error') === 0 ? 0 : 1;
  },
};

function detail({ range, help }: RuleFinding): string {
  const source = range === undefined ? '' : excerpt(range.source, range.start, range.end);
  const lines = help === undefined ? source : `${source}help: ${help}\n`;
  return lines
    .split('\n')
    .map((line) => (line === '' ? '' : plain(`    ${line}`)))
    .join('\n');
}
