import type { Metadata } from 'next';
import { ConditionLanguage } from '@/components/docs/condition-language';
import { vocabularyDocs } from '@/lib/cel';

export const metadata: Metadata = {
  title: 'The language of conditions · Policy playground',
  description: 'What a condition can name and call: each fact of a call, each function, method, macro and operator.',
};

/** Rendered when the site is built, so that it can be read without a script. */
export default async function LanguagePage() {
  return <ConditionLanguage docs={await vocabularyDocs()} />;
}
