import type { ImportProgress } from '@/lib/worker';
import { counted } from '../ui/words';

/** The progress of an import: calls, and rejects. */
export function progressWords({ calls, rejects }: ImportProgress): string {
  const refused = rejects > 0 ? `, ${counted(rejects, 'reject')}` : '';
  return `${counted(calls, 'call')}${refused}`;
}
