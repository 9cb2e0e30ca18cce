import type { SampleCall } from '@/lib/analysis';

const LONGEST = 60;

/** A sample call as one line of JSON; a long text is cut off and its length given. */
export function sampleText({ time, user, instance, ip, tool, args }: SampleCall): string {
  const annotations = tool?.annotations;
  const facts = { time, ip, user, instance, annotations, ...(args && Object.keys(args).length > 0 ? { args } : {}) };
  return JSON.stringify(facts, (_, value: unknown) =>
    typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, 20)}… (${value.length} characters)` : value,
  );
}
