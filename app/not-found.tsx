import type { Metadata } from 'next';
import Link from 'next/link';
import { RepairAddress } from '@/components/site/repair-address';

export const metadata: Metadata = { title: 'No such page · Policy playground' };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-full max-w-prose flex-col justify-center gap-3 p-6">
      <RepairAddress />
      <h1 className="text-lg font-semibold">There is no page at this address</h1>
      <p className="text-ink-2">
        A part of this address may have been lost or changed in transit. Nothing was opened. Ask for the link again, or
        paste the whole link into “Open a policy” in the playground.
      </p>
      <p>
        <Link href="/" className="font-medium text-accent underline underline-offset-2">
          Go to the playground
        </Link>
      </p>
    </main>
  );
}
