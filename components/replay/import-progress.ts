import type { ImportProgress } from '@/lib/worker';
import { counted } from '../ui/words';

/** How far reading is: calls, and what was refused. */
export function progressWords({ calls, rejects }: ImportProgress): string {
  const refused = rejects > 0 ? `, ${counted(rejects, 'reject')}` : '';
  return `${counted(calls, 'call')}${refused}`;
}
