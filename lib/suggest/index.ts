/** Rules suggested from a trace. This file is the folder's only public entry. */
export {
  FEW_VALUES,
  REPEATED,
  TOOL_DETAILS,
  type LeftOutCalls,
  type LeftOutReason,
  type OpenedTool,
  type SuggestedRule,
  type PolicySuggestion,
  type SuggestionChoices,
  type TakenCalls,
  type ToolDetail,
} from './model';
export { suggestRules } from './suggest';
