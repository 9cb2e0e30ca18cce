import type { ReactNode } from 'react';
import { HomeLink } from './home-link';

interface PageFrameProps {
  title: string;
  /** A link to the page that explains it. */
  help: ReactNode;
  children: ReactNode;
}

/** A page of its own beside the workbench: a way back to it, a heading, and the content at full width. */
export function PageFrame({ title, help, children }: PageFrameProps) {
  return (
    <div data-started className="min-h-full bg-paper">
      <header className="border-b border-line">
        <div className="flex items-center px-4 py-2">
          <HomeLink />
        </div>
      </header>
      <main className="mx-auto max-w-[110rem] space-y-4 px-4 py-4">
        <div className="flex items-center gap-1">
          <h1 className="min-w-0 text-xl font-semibold break-words">{title}</h1>
          {help}
        </div>
        {children}
      </main>
    </div>
  );
}
