/**
 * Undoes what mail programs, chats and editors do to a link on its way. Each repair is a guess about the whole text: the check of the link
 * decides whether it was right, so that a wrong guess opens nothing.
 */
type Repair = (text: string) => string;

/** Soft line breaks and `=3D` of quoted-printable (RFC 2045, 6.7). */
const quotedPrintable: Repair = (text) =>
  text.replace(/=[ \t]{0,20}\r?\n/g, '').replace(/=([2-7][0-9A-F])/gi, (_, digits: string) => ascii(digits));

/** Marks before the lines of a reply: `> `, `>> `, `| `, `AB> `. */
const replyPrefixes: Repair = (text) => text.replace(/\n[ \t]{0,20}(?:[A-Za-z]{0,5}[>|:]+[ \t]?)+/g, '\n');

const NAMED: Readonly<Record<string, string>> = {
  num: '#',
  period: '.',
  lowbar: '_',
  dash: '-',
  hyphen: '-',
  amp: '&',
  percnt: '%',
  nbsp: ' ',
  shy: '',
  zwsp: '',
};
/** Character references of HTML. */
const references: Repair = (text) =>
  text.replace(/&(?:#(\d{1,5})|#[xX]([0-9A-Fa-f]{1,4})|([a-z]{3,6}));/g, (whole, decimal, hexadecimal, name) => {
    if (typeof name === 'string') return (Object.hasOwn(NAMED, name) ? NAMED[name] : undefined) ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hexadecimal), 16);
    return code <= 0xffff ? String.fromCharCode(code) : whole;
  });

/** Escapes of JSON and of programming languages. */
const stringEscapes: Repair = (text) =>
  text.replace(/\\u00([2-7][0-9a-f])/gi, (_, digits: string) => ascii(digits)).replace(/\\[nrt]/g, '');

/** Encoded once for each address that was put into another: `%23`, `%2523`, … */
const percent: Repair = (text) => {
  let decoded = text;
  for (let round = 0; round < 6 && decoded.includes('%'); round++) {
    const next = decoded.replace(/%([2-7][0-9A-F])/gi, (_, digits: string) => ascii(digits));
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
};

/** Backslashes before punctuation (CommonMark, 2.4). */
const markdownEscapes: Repair = (text) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** Proofpoint URL Defense, version 2: `%` is written `-`, and `/` is written `_`. */
const urlDefense2: Repair = (text) =>
  text.replace(/(\/v2\/url\?u=)([^&\s"'<>]+)/g, (_, before: string, address: string) => {
    return before + percent(address.replaceAll('-', '%').replaceAll('_', '/'));
  });

/** Proofpoint URL Defense, version 3, writes `*` for a character such as `#`. */
const urlDefense3: Repair = (text) => text.replace(/\*{1,2}A?(?=1\.)/g, '#');

/** Tags of HTML in the middle of a link. An address in angle brackets is none. */
const tags: Repair = (text) => text.replace(/<\/?[a-zA-Z][a-zA-Z0-9]{0,15}(?:[\s/][^<>]{0,500})?>/g, '');

/** Whatever no link has in it, at both ends of each line: quotes and plus signs of source code, bars of a table, comment marks. */
const lineEnds: Repair = (text) =>
  text
    .split('\n')
    .map((line) => {
      let [start, end] = [0, line.length];
      while (start < end && !IN_LINK.test(line.charAt(start))) start++;
      while (end > start && !IN_LINK.test(line.charAt(end - 1))) end--;
      return line.slice(start, end);
    })
    .join('\n');
const IN_LINK = /[A-Za-z0-9_.#%-]/;

const ascii = (digits: string): string => {
  const code = parseInt(digits, 16);
  return code === 0x7f ? '' : String.fromCharCode(code);
};

/** In the order in which they undo what a mail, a page and a wrapped address did. */
const REPAIRS: readonly Repair[] = [
  quotedPrintable,
  replyPrefixes,
  references,
  stringEscapes,
  percent,
  urlDefense2,
  urlDefense3,
  markdownEscapes,
  tags,
  lineEnds,
];

/** Of a longer text nothing is repaired: each guess reads it again. */
const LONGEST = 1024 * 1024;

/** The texts that the given one may have been, each once: every repair alone, and all up to each. */
export function* repaired(text: string): Generator<string> {
  if (text.length > LONGEST) return;
  const seen = new Set([text]);
  let all = text;
  for (const repair of REPAIRS) {
    all = repair(all);
    for (const guess of [repair(text), all]) {
      if (seen.has(guess)) continue;
      seen.add(guess);
      yield guess;
    }
  }
}
