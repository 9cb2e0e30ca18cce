/** Findings as `policy lint` prints them. */
import { FINDING_CHECKS, type PolicyFinding } from '../findings';
import type { Rule } from '../engine';
import type { CliIo } from './io';
import { plain } from './printable';
import { excerpt } from './source';
import { toned } from './tone';
import { nameIn } from '../wording';

export const FINDING_FORMATS = ['text', 'json', 'sarif', 'github'] as const;

interface LintedFile {
  readonly file: string;
  readonly rules: readonly Rule[];
  readonly dismissed: readonly DismissedByReason[];
}

interface DismissedByReason {
  readonly finding: PolicyFinding;
  readonly reason: string;
}

type PrintFindings = (findings: readonly PolicyFinding[], linted: LintedFile, io: CliIo) => Promise<void>;

export const formatFindings: Record<(typeof FINDING_FORMATS)[number], PrintFindings> = {
  text: printText,
  json: printJson,
  sarif: async (findings, linted, io) => io.json(`${JSON.stringify(sarifOf(findings, linted), null, 2)}\n`),
  github: printGithub,
};

async function printText(findings: readonly PolicyFinding[], { rules }: LintedFile, io: CliIo): Promise<void> {
  const tone = { error: 'deny', warning: 'conditional', info: 'faint' } as const;
  for (const finding of findings) {
    const name = plain(subjectName(finding, rules));
    const code = finding.certainty === 'proven' ? finding.code : `${finding.code}, possible`;
    const head = toned(finding.severity, tone[finding.severity], io);
    await io.out(`${head}: ${name}: ${plain(finding.message)} (${code})`, ...detail(finding, rules));
  }
}

/** The place in a condition, the help, and the witness, indented. */
function detail({ pointer, ruleId, range, help, witness }: PolicyFinding, rules: readonly Rule[]): readonly string[] {
  const condition = pointer.endsWith('/condition') ? rules.find(({ id }) => id === ruleId)?.condition : undefined;
  const source = range && typeof condition === 'string' ? excerpt(condition, range.start, range.end) : [];
  const lines = [
    ...source,
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...(witness ? [`call: ${JSON.stringify(witness)}`] : []),
  ];
  return lines.map((line) => `    ${line}`);
}

async function printJson(findings: readonly PolicyFinding[], _: LintedFile, io: CliIo): Promise<void> {
  for (const { range, ...finding } of findings) await io.json(`${JSON.stringify({ ...finding, ...range })}\n`);
}

const GITHUB = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Workflow commands: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
async function printGithub(findings: readonly PolicyFinding[], { file, rules }: LintedFile, io: CliIo): Promise<void> {
  const data = (text: string): string =>
    plain(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  for (const finding of findings) {
    const { severity, code, message } = finding;
    const title = property(`${subjectName(finding, rules)} (${code})`);
    await io.out(`::${GITHUB[severity]} file=${property(file)},title=${title}::${data(message)}`);
  }
}

/** What a finding is about, in a title: a rule by its name, an invariant by its number. */
function subjectName({ ruleId, pointer }: PolicyFinding, rules: readonly Rule[]): string {
  const [, invariant] = /^\/invariants\/([0-9]+)$/.exec(pointer) ?? [];
  if (invariant !== undefined) return `invariant ${String(Number(invariant) + 1)}`;
  return ruleId === undefined ? 'the policy' : nameIn(rules)(ruleId);
}

const propertiesOf = ({ certainty, ruleId, relatedRuleIds, witness }: PolicyFinding): object => ({
  certainty,
  ...(ruleId === undefined ? {} : { ruleId }),
  relatedRuleIds,
  ...(witness ? { witness } : {}),
});

const SARIF_LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;

/** A log of SARIF 2.1.0 (OASIS). */
function sarifOf(findings: readonly PolicyFinding[], { file, rules, dismissed }: LintedFile): object {
  const checks = FINDING_CHECKS.map(({ code, what, why, remedy }) => ({
    id: code,
    shortDescription: { text: what },
    fullDescription: { text: why },
    help: { text: remedy },
  }));
  const resultOf = (finding: PolicyFinding) => ({
    ruleId: finding.code,
    ruleIndex: checks.findIndex(({ id }) => id === finding.code),
    level: SARIF_LEVEL[finding.severity],
    message: { text: `${subjectName(finding, rules)}: ${finding.message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file === '-' ? 'stdin' : encodeURI(file.replaceAll('\\', '/')) } },
        logicalLocations: [{ fullyQualifiedName: finding.pointer, kind: 'object' }],
      },
    ],
    properties: propertiesOf(finding),
  });
  const results = [
    ...findings.map(resultOf),
    ...dismissed.map(({ finding, reason }) => ({
      ...resultOf(finding),
      suppressions: [{ kind: 'external', justification: reason }],
    })),
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'policy-playground', rules: checks } }, columnKind: 'utf16CodeUnits', results }],
  };
}
