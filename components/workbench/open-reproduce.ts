import type { PolicyDocument } from '@/lib/workspace';
import { siteAddress } from '../site/site-address';

/** Opens the page that reproduces decisions in a new tab, with the policy in its address where it fits into a link. */
export async function openReproduce({ name, rules, settings }: PolicyDocument): Promise<void> {
  const { bundleOf, encodeLink } = await import('@/lib/bundle');
  const encoded = encodeLink(bundleOf(name, { rules, settings }));
  window.open(siteAddress(`reproduce/${encoded.ok ? encoded.fragment : ''}`), '_blank');
}
