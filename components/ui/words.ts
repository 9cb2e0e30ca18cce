export { marked, type Words } from '@/lib/analysis';
