// The content security policy of every exported page, as a meta tag: inline scripts by their hash, and nothing from elsewhere.
import { createHash } from 'node:crypto';

const inlineScript = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;
const charsetTag = /<meta charset="utf-8"\s*\/?>/i;
const policyTag = /<meta http-equiv="Content-Security-Policy"[^>]*>/i;

/**
 * The hashes of a page's inline scripts, each once, in the order of the page.
 * @param {string} html
 */
export function inlineScriptHashes(html) {
  const hashes = new Set();
  for (const [, attributes = '', body = ''] of html.matchAll(inlineScript)) {
    if (/\bsrc\s*=/i.test(attributes) || body === '') continue;
    hashes.add(`'sha256-${createHash('sha256').update(body, 'utf8').digest('base64')}'`);
  }
  return [...hashes];
}

/**
 * @param {readonly string[]} scriptHashes
 * @returns {string} the policy's text
 */
export function contentSecurityPolicy(scriptHashes) {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scriptHashes].join(' '),
    // The code editor sets style attributes and adds style elements as it works.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ].join('; ');
}

/**
 * The page with its policy in it, in place of an earlier one.
 * INVARIANT: the tag is before the first script; a policy says nothing about what precedes it.
 * @param {string} html
 */
export function withContentSecurityPolicy(html) {
  const bare = html.replace(policyTag, '');
  const policy = contentSecurityPolicy(inlineScriptHashes(bare));
  const charset = charsetTag.exec(bare);
  if (!charset) throw new Error('the page has no `<meta charset="utf-8">` to put the policy behind');
  const firstScript = bare.search(/<script\b/i);
  if (firstScript !== -1 && firstScript < charset.index) throw new Error('a script precedes the policy');
  const end = charset.index + charset[0].length;
  return `${bare.slice(0, end)}<meta http-equiv="Content-Security-Policy" content="${policy}"/>${bare.slice(end)}`;
}
