import { CircleX, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { FindingSeverity, PolicyFinding } from '@/lib/findings';
import { counted } from '../ui/words';

interface SeverityMark {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly text: string;
}

/** Word, icon and colour of a severity always together; the most severe first. */
export const SEVERITY_MARKS = {
  error: { word: 'error', icon: CircleX, text: 'text-deny' },
  warning: { word: 'warning', icon: TriangleAlert, text: 'text-gated' },
  info: { word: 'remark', icon: Info, text: 'text-ink-2' },
} satisfies Record<FindingSeverity, SeverityMark>;

export const SEVERITIES = Object.keys(SEVERITY_MARKS) as readonly FindingSeverity[];

const countOf = (findings: readonly PolicyFinding[], severity: FindingSeverity): number =>
  findings.filter((one) => one.severity === severity).length;

/** `1 warning, 2 remarks`. */
export const severityWords = (findings: readonly PolicyFinding[]): string =>
  SEVERITIES.flatMap((severity) => {
    const n = countOf(findings, severity);
    return n === 0 ? [] : [counted(n, SEVERITY_MARKS[severity].word)];
  }).join(', ');

export const worstOf = (findings: readonly PolicyFinding[]): FindingSeverity =>
  SEVERITIES.find((severity) => countOf(findings, severity) > 0) ?? 'info';

/** A finding's message as a sentence. */
export const findingSentence = ({ message }: PolicyFinding): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
