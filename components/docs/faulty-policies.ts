import { bundleOf, encodeLink, type Bundle } from '@/lib/bundle';
import { findFindings, GALLERY, galleryPolicy, type PolicyFinding } from '@/lib/findings';
import { anchorOf } from './document-text';

/** A policy of the gallery as its page shows it. */
export interface FaultyPolicy {
  /** The anchor. */
  readonly id: string;
  readonly name: string;
  readonly bundle: Bundle;
  /** The fragment that opens it in the playground, `#` included. */
  readonly link: string;
  readonly findings: readonly PolicyFinding[];
}

/** As GitHub makes them: of names that come to the same anchor, the later ones are numbered. */
export const GALLERY_ANCHORS: readonly string[] = GALLERY.map(({ name }, i) => {
  const anchor = anchorOf(name);
  const before = GALLERY.slice(0, i).filter((other) => anchorOf(other.name) === anchor).length;
  return before === 0 ? anchor : `${anchor}-${String(before)}`;
});

/** The gallery with what the checks find. A policy that does not fit into a link throws, and so ends the build. */
export function faultyPolicies(): Promise<readonly FaultyPolicy[]> {
  return Promise.all(
    GALLERY.map(async (one, i): Promise<FaultyPolicy> => {
      const { name, catalog } = one;
      const policy = galleryPolicy(one);
      const bundle = bundleOf(name, policy, catalog === undefined ? {} : { catalog });
      const link = encodeLink(bundle);
      if (!link.ok) throw new Error(`the faulty policy “${name}” cannot be put into a link`);
      const findings = await findFindings(policy, catalog);
      return { id: GALLERY_ANCHORS[i] ?? '', name, bundle, link: link.fragment, findings };
    }),
  );
}
