/** Decisions and comparisons in words, as the page, reports and the command line show them. This file is the folder's only public entry. */
export { accessCsv, accessMarkdown, type AccessTable } from './access-table';
export { answerWords } from './answer-words';
export { calibrationWords, type CalibrationWords } from './calibration-words';
export { CAUSE_TITLES, causeWords, missingFactWords, valueClassWords } from './cause-words';
export { missWords } from './change-words';
export {
  comparisonCsv,
  comparisonMarkdown,
  type ComparedPolicy,
  type ComparisonReport,
  type ReportedCell,
} from './comparison-report';
export { LISTED_WORDS, listedWords } from './connection-words';
export { comparisonSentence, otherRuleSentence } from './comparison-words';
export { deciderCell, deciderWords, nameIn, sameDecider, type DeciderStyle } from './decider-words';
export { allowedWords, denialWords } from './denial-words';
export { EFFECT_TITLES, EFFECT_WORDS, RULE_EFFECT_TITLES } from './effect-words';
export { foldSteps, nearRules, type FoldedStep } from './fold-steps';
export { HAZARD_NAMES, hazardWords } from './hazard-words';
export { explanationMarkdown, markdownOf, profileMarkdown, type ReportOf } from './markdown';
export {
  RECORDED_SHORT,
  RECORDED_WORDS,
  recordedCell,
  recordedSummary,
  recordedWording,
  type RecordedWording,
} from './recorded-words';
export {
  differingRegions,
  openParts,
  openWords,
  PERMISSION_WAYS,
  PERMISSION_WORDS,
  regionWords,
} from './permission-words';
export { profileSentence, profileWords, PROVEN_UNDER_DEFAULTS } from './reading-words';
export { entryMarkdown, reproductionMarkdown } from './reproduction-report';
export { questionWords } from './question-words';
export { stepWords, toolWords } from './step-words';
export { turnWords, type TurnWords } from './turn-words';
export { obstacleWords, remedyWords, whyNotWords } from './why-not-words';
export { capital, marked, plainText, sentence, tickedText, type Sentence } from './sentence';
export { wordDifference, type WordChange } from './word-difference';
