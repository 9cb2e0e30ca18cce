import type { ReactNode } from 'react';
import { DocsNav } from '@/components/docs/docs-nav';
import { HomeLink } from '@/components/site/home-link';

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-full bg-paper">
      <header className="border-b border-line bg-paper">
        <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
          <HomeLink />
          <DocsNav />
        </div>
      </header>
      <main className="mx-auto max-w-5xl px-4 py-6">{children}</main>
    </div>
  );
}
