import type { Metadata } from 'next';
import { docsSections } from '@/components/docs/pages';
import { siteAddress } from '@/components/site/site-address';

export const metadata: Metadata = { title: 'Documentation · Policy playground' };

export default function DocsPage() {
  return (
    <>
      <h1 className="text-xl font-semibold">Documentation</h1>
      {docsSections().map(({ section, pages }) => (
        <section key={section} aria-label={section} className="mt-6">
          <h2 className="text-base font-semibold">{section}</h2>
          <ul className="mt-2 space-y-2">
            {pages.map(({ segment, title, says }) => (
              <li key={segment}>
                <a
                  href={siteAddress(`docs/${segment}/`)}
                  className="font-medium text-accent underline underline-offset-2"
                >
                  {title}
                </a>
                <p className="max-w-prose text-ink-2">{says}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
