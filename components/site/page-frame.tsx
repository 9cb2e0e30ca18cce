import type { ReactNode } from 'react';
import { HomeLink } from './home-link';

/** A page of its own beside the workbench: a way back to it, a heading, and the content at full width. */
export function PageFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-h-full bg-paper">
      <header className="border-b border-line">
        <div className="flex items-center px-4 py-2">
          <HomeLink />
        </div>
      </header>
      <main className="mx-auto max-w-[110rem] space-y-4 px-4 py-4">
        <h1 className="text-xl font-semibold break-words">{title}</h1>
        {children}
      </main>
    </div>
  );
}
