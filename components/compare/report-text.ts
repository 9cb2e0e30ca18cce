/** Loaded when a comparison is first copied. */
export { comparisonCsv, comparisonMarkdown } from '@/lib/wording';
