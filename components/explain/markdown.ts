export { explanationMarkdown, markdownOf } from '@/lib/wording';
