/** What the scripts and their tests use of it. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(
      html: string,
      options: {
        url?: string;
        pretendToBeVisual?: boolean;
        runScripts?: 'dangerously';
        beforeParse?: (window: Window & typeof globalThis) => void;
      },
    );
    readonly window: Window & typeof globalThis;
  }
}
