import type { Metadata } from 'next';
import { ComparePage } from '@/components/compare/page/compare-page';

export const metadata: Metadata = { title: 'Compare · Policy playground' };

export default function Page() {
  return <ComparePage />;
}
