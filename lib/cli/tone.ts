/** Colours of the terminal: a tone is a private mark until the text was cleaned, and an ANSI code after that. */
export type CellTone = 'allow' | 'deny' | 'conditional' | 'faint' | 'strong';

/** ANSI colours; the word says the same, so nothing is lost without them. */
const CODES: Readonly<Record<CellTone, string>> = {
  allow: '32',
  deny: '31',
  conditional: '33',
  faint: '2',
  strong: '1',
};

/** Marks that `coloured` turns into ANSI codes after everything else was cleaned (noncharacters, Unicode 23.7). */
const TONES = Object.keys(CODES) as readonly CellTone[];
const MARKS = Object.fromEntries(TONES.map((tone, at) => [tone, String.fromCharCode(0xfdd0 + at)])) as Record<
  CellTone,
  string
>;
const MARK_END = '\ufdef';

/** The text as a terminal shows it: tones as ANSI codes. */
export function coloured(text: string): string {
  return text
    .replace(/[\ufdd0-\ufdd4]/g, (mark) => `\u001b[${CODES[TONES[mark.charCodeAt(0) - 0xfdd0] ?? 'strong']}m`)
    .replaceAll(MARK_END, '\u001b[0m');
}

/** The text in a tone, where the output has colours. */
export function toned(text: string, tone: CellTone, { colour }: { readonly colour: boolean }): string {
  return colour ? `${MARKS[tone]}${text}${MARK_END}` : text;
}
