import type { Metadata } from 'next';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReactNode } from 'react';
import { headingsOf } from '@/components/docs/document-text';
import { OnThisPage } from '@/components/docs/on-this-page';
import { DOCS_PAGES } from '@/components/docs/pages';

interface DocumentParameters {
  readonly params: Promise<{ readonly segment: string }>;
}

/** A page that is kept outside, since code cites it. */
const SEMANTICS = 'semantics';
const FOLDER = 'app/docs/_pages';

export const dynamicParams = false;

export const generateStaticParams = () =>
  [SEMANTICS, ...readdirSync(join(process.cwd(), FOLDER)).map((file) => file.replace(/\.mdx$/, ''))].map((segment) => ({
    segment,
  }));

export async function generateMetadata({ params }: DocumentParameters): Promise<Metadata> {
  const { segment } = await params;
  const entry = DOCS_PAGES.find((one) => one.segment === segment);
  return { title: `${entry?.title ?? 'Documentation'} · Policy playground`, description: entry?.says ?? '' };
}

/** A document, with links to its parts. It is rendered when the site is built. */
export default async function DocumentPage({ params }: DocumentParameters) {
  const { segment } = await params;
  const { default: Content } = (
    segment === SEMANTICS ? await import('@/docs/semantics.md') : await import(`../_pages/${segment}.mdx`)
  ) as { default: () => ReactNode };
  const file = segment === SEMANTICS ? 'docs/semantics.md' : `${FOLDER}/${segment}.mdx`;
  const parts = headingsOf(readFileSync(join(process.cwd(), file), 'utf8')).filter(({ level }) => level === 2);
  return (
    <article>
      {parts.length < 2 ? null : (
        <div className="mb-4 border-b border-line pb-3 print:hidden">
          <OnThisPage parts={parts.map(({ id, title }) => [id, title] as const)} />
        </div>
      )}
      <Content />
    </article>
  );
}
