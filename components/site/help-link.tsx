import { CircleHelp } from 'lucide-react';
import type { HelpPlace } from './help-places';
import { siteAddress } from './site-address';

export interface HelpLinkProps {
  to: HelpPlace;
  /** What the page explains: `tool patterns`. */
  about: string;
}

/** A link from a part of the user interface to the page that explains it, in a new tab. */
export function HelpLink({ to, about }: HelpLinkProps) {
  return (
    <a
      href={siteAddress(`docs/${to}`)}
      target="_blank"
      title={`About ${about}`}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink pointer-coarse:size-11"
    >
      <CircleHelp size={14} aria-hidden />
      <span className="sr-only">About {about} (opens a new tab)</span>
    </a>
  );
}

/** Opens the page in a new tab, from a list or a menu, whose entries are no links. */
export function openHelp(to: HelpPlace): void {
  window.open(siteAddress(`docs/${to}`), '_blank', 'noopener');
}
