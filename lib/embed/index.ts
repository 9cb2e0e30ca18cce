/** Embeds: options, messages, exercises, and snippets for other pages. This file is the folder's only public entry. */
export { readExercise, type Exercise } from './exercise';
export {
  CONNECT,
  EMBED_PROTOCOL,
  isConnect,
  readEmbedMessage,
  readHostMessage,
  type ConnectMessage,
  type EmbedDecision,
  type EmbedMessage,
  type EmbedProblemCode,
  type EmbedTests,
  type HostMessage,
} from './messages';
export {
  EMBED_HEIGHTS,
  EMBED_THEMES,
  EMBED_VIEWS,
  isShown,
  readEmbedOptions,
  readRuleRanges,
  writeEmbedOptions,
  type EmbedOptions,
  type EmbedTheme,
  type EmbedView,
  type RuleRange,
} from './options';
export {
  PRESENT_SCRIPT,
  frameSnippet,
  htmlSnippet,
  reactSnippet,
  staticSnippet,
  type EmbedScriptFile,
  type EmbedSnippet,
  type SnippetRule,
  type SnippetText,
} from './snippets';
