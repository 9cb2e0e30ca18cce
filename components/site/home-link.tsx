import { siteAddress } from './site-address';

/** The way from a page beside the workbench back to it. */
export function HomeLink() {
  return (
    <a
      href={siteAddress('')}
      className="inline-flex h-8 items-center rounded-md text-sm font-semibold hover:underline pointer-coarse:h-11"
    >
      Policy playground
    </a>
  );
}
