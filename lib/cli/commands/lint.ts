import { dismissalFor, dismissalsOf } from '../../bundle';
import { hasOtherReadings } from '../../engine';
import { findFindings, type PolicyFinding } from '../../findings';
import { PROVEN_UNDER_DEFAULTS } from '../../wording';
import type { CliCommand } from '../command';
import { textOption } from '../command';
import { formatFindings, FINDING_FORMATS } from '../finding-formats';
import { UsageError } from '../io';
import { requirePolicy } from '../policy';

export const lint: CliCommand = {
  name: 'lint',
  usage: 'FILE [--format text|json|sarif|github]',
  summary:
    'Names what is valid and probably not meant: rules that cannot apply, gates that restrict nothing, conditions that err.',
  help: `
FILE is a bundle, a file with a link in it, a link, or \`-\` for standard input.

  --format F  text (the default), json, sarif (2.1.0) or github (annotations of a workflow)
  --json      the same as --format json: one finding of JSON a line, with code, ruleId, severity, certainty, pointer,
              message, relatedRuleIds, and where there are any witness (a call that shows it), fix, cause, help, start, end

A finding is proven, or possible where the proof is not complete. The answer is no (exit code 1) where there is an error
(a condition that does not compile, so that the gateway would skip its rule; an invariant of the bundle that does not hold,
with a call that shows it, or is not understood) or the bundle is invalid. Warnings and
remarks change nothing, and so do findings that the bundle says are dismissed: they are counted, and in sarif they are
listed as suppressed, with the reason. How many invariants of the bundle are proven is said on standard error.`,
  options: { json: { type: 'boolean' }, format: { type: 'string' } },
  arity: [1, 1],
  async run([file = ''], values, io) {
    if (values['json'] === true && values['format'] !== undefined && values['format'] !== 'json')
      throw new UsageError('`--json` is the same as `--format json`: give one of the two');
    const wanted = values['json'] === true ? 'json' : (textOption(values, 'format') ?? 'text');
    const format = FINDING_FORMATS.find((one) => one === wanted);
    if (format === undefined)
      throw new UsageError(`\`${wanted}\` is no format of findings: ${FINDING_FORMATS.join(', ')}`);
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    const { rules, settings, catalog } = bundle;
    if (hasOtherReadings(settings)) io.err(PROVEN_UNDER_DEFAULTS);
    const dismissals = dismissalsOf(bundle.dismissed);
    const all = (await findFindings({ rules, settings }, catalog, { invariants: bundle.invariants })).map(
      (finding) => ({
        finding,
        dismissal: dismissalFor(dismissals, rules, finding),
      }),
    );
    const findings = all.flatMap(({ finding, dismissal }) => (dismissal === undefined ? [finding] : []));
    const dismissed = all.flatMap(({ finding, dismissal }) =>
      dismissal === undefined ? [] : [{ finding, reason: dismissal.reason }],
    );
    await formatFindings[format](findings, { file, rules, dismissed }, io);
    const count = (severity: PolicyFinding['severity']): number =>
      findings.filter((one) => one.severity === severity).length;
    io.err(
      `${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}, ${counted(count('info'), 'remark')}${dismissed.length === 0 ? '' : `; ${String(dismissed.length)} dismissed`}`,
    );
    const { length } = bundle.invariants ?? [];
    if (length > 0)
      io.err(
        provenWords(
          length,
          all.map(({ finding }) => finding),
        ),
      );
    return count('error') === 0 ? 0 : 1;
  },
};

const counted = (n: number, noun: string): string => `${String(n)} ${noun}${n === 1 ? '' : 's'}`;

/** How many invariants hold: each of the others has a finding. */
function provenWords(invariants: number, findings: readonly PolicyFinding[]): string {
  const others = new Set(findings.flatMap(({ code, pointer }) => (code === 'invariant' ? [pointer] : [])));
  return `${String(invariants - others.size)} of ${counted(invariants, 'invariant')} proven`;
}
