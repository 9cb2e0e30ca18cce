/** What other programs of ours have in common with the command line. This file is the folder's only public entry. */
export { UsageError, processIo, type CliIo } from './io';
export { described, openPolicy, problemLine, type OpenedPolicy } from './policy';
export { plain, printableJson } from './printable';
