import type { Metadata } from 'next';
import { ReproducePage } from '@/components/reproduce/reproduce-page';

export const metadata: Metadata = { title: 'Reproduce decisions · Policy playground' };

export default function Page() {
  return <ReproducePage />;
}
