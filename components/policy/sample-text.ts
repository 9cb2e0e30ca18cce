import type { SampleCall } from '@/lib/analysis';

const LONGEST = 60;

/** What a sample call says, as one line of JSON; a long text is cut, and its length said. */
export function sampleText({ time, user, instance, ip, args }: SampleCall): string {
  const facts = { time, ip, user, instance, ...(args && Object.keys(args).length > 0 ? { args } : {}) };
  return JSON.stringify(facts, (_, value: unknown) =>
    typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, 20)}… (${value.length} characters)` : value,
  );
}
