/** The same as `jsx-runtime.ts`, as the development server asks for it. */
import { Fragment, jsxDEV as createForDevelopment } from 'react/jsx-dev-runtime';
import { shownProps } from './outside-text';

export { Fragment };
export type { JSX } from 'react';

export const jsxDEV: typeof createForDevelopment = (type, props, ...rest) =>
  createForDevelopment(type, shownProps(type, props), ...rest);
