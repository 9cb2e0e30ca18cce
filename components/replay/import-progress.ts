import type { ImportProgress } from '@/lib/worker';

/** How far reading is: calls, and what was refused. */
export function progressWords({ calls, rejects }: ImportProgress): string {
  const refused = rejects > 0 ? `, ${rejects.toLocaleString('en')} ${rejects === 1 ? 'reject' : 'rejects'}` : '';
  return `${calls.toLocaleString('en')} ${calls === 1 ? 'call' : 'calls'}${refused}`;
}
