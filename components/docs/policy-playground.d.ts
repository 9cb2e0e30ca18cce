import type { HTMLAttributes } from 'react';

declare module 'react' {
  // eslint rules permit no namespace but this one, which is React's.
  namespace JSX {
    interface IntrinsicElements {
      'policy-playground': HTMLAttributes<HTMLElement> & {
        src?: string;
        view?: string;
        height?: number;
        editable?: string;
        label?: string;
      };
    }
  }
}
