'use client';
import { TriangleAlert } from 'lucide-react';
import { memo, useMemo } from 'react';
import { portabilityWarning } from '@/lib/engine';
import { Marked } from '../ui/worded';
import { useKnown } from '../session/use-catalog';
import { knownTools, matchTools } from './tool-matches';
import { useMatchers } from './use-matchers';
import { number } from '../ui/words';

interface ToolCoverageProps {
  /** The rule's tool patterns, and the resources of its scope. */
  tools: readonly string[];
  resources: readonly string[];
}

/** How many of the known tools a rule covers, and which of its patterns find none or may mean something else at the gateway. */
export const ToolCoverage = memo(function ToolCoverage({ tools: patterns, resources }: ToolCoverageProps) {
  const known = useKnown();
  const tools = useMemo(() => knownTools(known, resources), [known, resources]);
  const matcherOf = useMatchers(patterns);
  const covered = useMemo(
    () => (matcherOf === undefined ? undefined : matchTools(patterns, tools, matcherOf).inside.length),
    [matcherOf, patterns, tools],
  );
  const total = tools.inside.length + tools.outside.length;
  const idle = useMemo(
    () =>
      matcherOf === undefined || total === 0
        ? []
        : patterns.filter((pattern) => matchTools([pattern], tools, matcherOf).inside.length === 0),
    [matcherOf, patterns, tools, total],
  );
  const notes = [
    ...idle.map((pattern) => `\`${pattern}\` matches no tool that is known${resources.length > 0 ? ' here' : ''}`),
    ...patterns.flatMap((pattern) => portabilityWarning(pattern) ?? []),
  ];
  return (
    <div className="text-xs text-ink-2" role="status" data-testid="coverage">
      {total === 0 || patterns.length === 0 || covered === undefined ? null : (
        <p>
          Covers {number(covered)} of {number(total)} known tools
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="mt-1 flex items-start gap-1 text-gated">
          <TriangleAlert size={12} className="mt-0.5 shrink-0" aria-hidden />
          <span className="min-w-0 break-words">
            <Marked text={note} />
          </span>
        </p>
      ))}
    </div>
  );
});
