/** The parts of Monaco that a condition needs, and no others: each adds what it does to every editor. */
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/suggest/register';
// INVARIANT: `features/suggest/register` of 0.57 leaves out the controller, without which no completion is ever shown.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/format/register';
import 'monaco-editor/features/semanticTokens/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
