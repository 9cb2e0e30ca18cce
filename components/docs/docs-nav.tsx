'use client';
import { clsx } from 'clsx';
import { useSelectedLayoutSegment } from 'next/navigation';
import { siteAddress } from '../site/site-address';
import { DOCS_PAGES } from './pages';

/** Navigation of the documentation; the current page is marked. Each page is separate, so that none loads the scripts of the others. */
export function DocsNav() {
  const here = useSelectedLayoutSegment();
  return (
    <nav aria-label="Documentation">
      <ul className="-mx-2 flex flex-wrap gap-x-1">
        {DOCS_PAGES.map(({ segment, title }) => (
          <li key={segment}>
            <a
              href={siteAddress(`docs/${segment}/`)}
              aria-current={here === segment ? 'page' : undefined}
              className={clsx(
                'inline-flex h-8 items-center rounded-md px-2 text-sm font-medium hover:bg-sunken pointer-coarse:h-11',
                here === segment ? 'bg-accent-soft text-accent' : 'text-ink-2',
              )}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
