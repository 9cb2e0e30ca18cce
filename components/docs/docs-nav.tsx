'use client';
import { clsx } from 'clsx';
import { useSelectedLayoutSegment } from 'next/navigation';
import { siteAddress } from '../site/site-address';
import { docsNeighbours, docsSections, type DocsEntry } from './pages';

const SECTIONS = docsSections();

/** The sidebar; the current page is marked. Each page is separate, so that none loads the scripts of the others. */
export function DocsNav() {
  const here = useSelectedLayoutSegment();
  return (
    <nav aria-label="Documentation" className="space-y-4 max-lg:hidden print:hidden">
      {SECTIONS.map(({ section, pages }) => (
        <div key={section}>
          <p className="px-2 text-xs font-medium text-ink-2">{section}</p>
          <ul className="mt-1">
            {pages.map(({ segment, title }) => (
              <li key={segment}>
                <a
                  href={siteAddress(`docs/${segment}/`)}
                  aria-current={here === segment ? 'page' : undefined}
                  className={clsx(
                    'block rounded-md px-2 py-1 text-sm hover:bg-sunken pointer-coarse:py-2.5',
                    here === segment ? 'bg-accent-soft font-medium text-accent' : 'text-ink-2',
                  )}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** The way to the page before and the page after. */
export function DocsPager() {
  const { before, after } = docsNeighbours(useSelectedLayoutSegment() ?? '');
  if (before === undefined && after === undefined) return null;
  return (
    <nav aria-label="Previous and next page" className="mt-10 flex gap-4 border-t border-line pt-4 print:hidden">
      {before === undefined ? null : <PagerLink page={before} says="Previous" />}
      {after === undefined ? null : <PagerLink page={after} says="Next" className="ml-auto text-right" />}
    </nav>
  );
}

function PagerLink({
  page: { segment, title },
  says,
  className,
}: {
  page: DocsEntry;
  says: string;
  className?: string;
}) {
  return (
    <a
      href={siteAddress(`docs/${segment}/`)}
      className={clsx('rounded-md py-1 text-sm text-accent underline-offset-2 hover:underline', className)}
    >
      <span className="block text-xs text-ink-2">{says}</span>
      {title}
    </a>
  );
}
