// Next writes the same into a file that is not kept; with this one, types can be checked in a fresh clone.
/// <reference types="next" />
/// <reference types="next/image-types/global" />

// Documents that the build compiles (`@next/mdx`).
declare module '*.mdx' {
  import type { ReactNode } from 'react';

  export default function Document(): ReactNode;
}
declare module '*.md' {
  import type { ReactNode } from 'react';

  export default function Document(): ReactNode;
}
