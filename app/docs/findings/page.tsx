import type { Metadata } from 'next';
import { FindingChecks } from '@/components/docs/finding-checks';

export const metadata: Metadata = {
  title: 'Findings · Policy playground',
  description:
    'What may be wrong with a policy of an AI gateway: each check, why it matters, an example, and what to do.',
};

export default function FindingsPage() {
  return <FindingChecks />;
}
