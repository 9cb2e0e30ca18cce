import type { Metadata } from 'next';
import { DOCS_PAGES } from '@/components/docs/pages';
import { siteAddress } from '@/components/site/site-address';

export const metadata: Metadata = { title: 'Documentation · Policy playground' };

export default function DocsPage() {
  return (
    <>
      <h1 className="text-xl font-semibold">Documentation</h1>
      <ul className="mt-4 space-y-3">
        {DOCS_PAGES.map(({ segment, title, says }) => (
          <li key={segment}>
            <a href={siteAddress(`docs/${segment}/`)} className="font-medium text-accent underline underline-offset-2">
              {title}
            </a>
            <p className="text-ink-2">{says}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
