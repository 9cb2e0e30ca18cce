/** The words of an explanation are those of the report and the command line. */
export { answerWords, hazardWords, plainText, ruleWords, sentence, stepWords, type Words } from '@/lib/analysis';
