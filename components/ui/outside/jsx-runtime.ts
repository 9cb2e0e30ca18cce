/**
 * The functions that JSX is compiled to (`jsxImportSource` in tsconfig.json): React's own, after `shownProps`.
 *
 * INVARIANT: all text of the page goes through here, so that no component can forget to mark what is hidden in a text from outside.
 */
import { Fragment, jsx as createOne, jsxs as createSeveral } from 'react/jsx-runtime';
import { shownProps } from './outside-text';

export { Fragment };
export type { JSX } from 'react';

export const jsx: typeof createOne = (type, props, key) => createOne(type, shownProps(type, props), key);

export const jsxs: typeof createSeveral = (type, props, key) => createSeveral(type, shownProps(type, props), key);
