export { explanationMarkdown, markdownOf, profileMarkdown } from '@/lib/wording';
