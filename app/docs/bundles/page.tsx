import type { Metadata } from 'next';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BundleFormat, type ImporterExample } from '@/components/docs/bundle-format';

export const metadata: Metadata = {
  title: 'Bundles and links · Policy playground',
  description: 'The format of policy bundles, their digest and their links, with importers in Go, Python and Node.',
};

const EXAMPLES = [
  { language: 'Go', file: 'import.go' },
  { language: 'Python', file: 'import.py' },
  { language: 'Node', file: 'import.mjs' },
] as const;

/** The importers are published and tested files; the page shows their text. */
export default function BundlesPage() {
  const examples: ImporterExample[] = EXAMPLES.map(({ language, file }) => ({
    language,
    file,
    source: readFileSync(join(process.cwd(), 'public/schema/examples', file), 'utf8'),
  }));
  return <BundleFormat examples={examples} />;
}
