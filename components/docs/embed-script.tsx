import { siteAddress } from '../site/site-address';

/**
 * `embed.js`, once in a page with examples. The build keeps it, with the other scripts of a page, until the page is used
 * (`scripts/lib/scripts-on-use.mjs`); until then the rules that each element contains are shown.
 */
export const EmbedScript = () => <script async src={siteAddress('embed.js')} />;
