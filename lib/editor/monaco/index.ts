/** Monaco itself: everything here is loaded only when a condition is opened. */
export { openEditor, type EditorHandle, type EditorOptions } from './open-editor';
