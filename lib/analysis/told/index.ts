/** A decision in words: what the page, the report and the command line say of it. */
export { answerWords } from './answer';
export { changesWords, changeWords, givesWords, missWords, valueText } from './changes';
export { deciderWords, decidedByWords, nameIn, ruleCalled, sameDecider } from './deciders';
export { foldSteps, nearRules, type FoldedStep } from './fold-steps';
export { hazardWords } from './hazards';
export { codeSpan, explanationMarkdown, markdownOf, type ReportOf } from './markdown';
export { RECORDED_WORDS, recordedCell, recordedSummary, recordedTold, type RecordedWording } from './recorded';
export { facetWords, reasonsWords, ruleWords, stepWords, toolWords } from './steps';
export { obstacleWords, remedyWords, whyNotWords } from './why-not';
export { joinedWords, marked, plainText, sentence, tickedText, type Sentence } from './words';
