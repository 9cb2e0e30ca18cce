export { explanationMarkdown, markdownOf } from '@/lib/analysis';
