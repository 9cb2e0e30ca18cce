import type { ReactNode } from 'react';
import { DocsNav, DocsPager } from '@/components/docs/docs-nav';
import { DocsSearch } from '@/components/docs/docs-search';
import { HomeLink } from '@/components/site/home-link';
import { siteAddress } from '@/components/site/site-address';

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-full bg-paper">
      <header className="border-b border-line bg-paper print:hidden">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
          <HomeLink />
          <a
            href={siteAddress('docs/')}
            className="inline-flex h-8 items-center rounded-md text-sm text-ink-2 hover:underline pointer-coarse:h-11"
          >
            All pages
          </a>
          <DocsSearch />
        </div>
      </header>
      <div className="mx-auto max-w-6xl gap-8 px-4 py-6 lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
        <DocsNav />
        <div className="min-w-0">
          <main>{children}</main>
          <DocsPager />
        </div>
      </div>
    </div>
  );
}
