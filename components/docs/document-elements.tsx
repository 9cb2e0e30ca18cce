import { Children, isValidElement, type ComponentProps, type ReactNode } from 'react';
import { siteAddress } from '../site/site-address';
import { anchorOf } from './document-text';
import { readExample } from './example';
import { readLesson } from './lesson';
import { LessonExample } from './lesson-example';
import { LiveExample } from './live-example';

type HeadingProps = ComponentProps<'h2'>;

/** The text of what is drawn. */
function textOf(node: ReactNode): string {
  return Children.toArray(node)
    .map((child) => {
      if (typeof child === 'string' || typeof child === 'number') return String(child);
      return isValidElement<{ children?: ReactNode }>(child) ? textOf(child.props.children) : '';
    })
    .join('');
}

/** A link to the heading is beside it, for the keyboard as well. */
function Anchored({ as: Tag, className, children }: HeadingProps & { as: 'h2' | 'h3' | 'h4' }) {
  const id = anchorOf(textOf(children));
  return (
    <Tag id={id} className={`group scroll-mt-4 ${className ?? ''}`}>
      {children}{' '}
      <a
        href={`#${id}`}
        aria-label={`Link to “${textOf(children)}”`}
        className="text-ink-3 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 print:hidden"
      >
        #
      </a>
    </Tag>
  );
}

/** A fenced block: an example where its language is `policy`, a lesson where it is `exercise`, else text that scrolls in a box of its own. */
function FencedBlock({ children }: ComponentProps<'pre'>) {
  const [block] = Children.toArray(children);
  const { className = '', children: content } = isValidElement<{ className?: string; children?: ReactNode }>(block)
    ? block.props
    : {};
  if (className === 'language-exercise') return <LessonExample lesson={readLesson(textOf(content))} />;
  if (className === 'language-policy') return <LiveExample example={readExample(textOf(content))} />;
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label="Example"
      className="my-3 max-w-3xl overflow-x-auto rounded-md border border-line bg-canvas p-3 font-mono text-xs leading-5"
    >
      <code>{content}</code>
    </pre>
  );
}

/** `/reproduce/` is a page of this site, wherever it is served; `../scope/` is beside the document. */
const hrefOf = (href = ''): string => (href.startsWith('/') ? siteAddress(href.slice(1)) : href);

const ELEMENTS = {
  h1: ({ children }: HeadingProps) => <h1 className="text-xl font-semibold">{children}</h1>,
  h2: (props: HeadingProps) => <Anchored as="h2" {...props} className="mt-8 mb-2 text-lg font-semibold" />,
  h3: (props: HeadingProps) => <Anchored as="h3" {...props} className="mt-6 mb-1 text-base font-semibold" />,
  h4: (props: HeadingProps) => <Anchored as="h4" {...props} className="mt-4 mb-1 font-semibold" />,
  p: (props: ComponentProps<'p'>) => <p className="my-3 max-w-prose" {...props} />,
  ul: (props: ComponentProps<'ul'>) => <ul className="my-3 max-w-prose list-disc space-y-1 pl-5" {...props} />,
  ol: (props: ComponentProps<'ol'>) => <ol className="my-3 max-w-prose list-decimal space-y-1 pl-5" {...props} />,
  a: ({ href, ...rest }: ComponentProps<'a'>) => (
    <a className="text-accent underline underline-offset-2" href={hrefOf(href)} {...rest} />
  ),
  code: (props: ComponentProps<'code'>) => (
    <code className="rounded bg-sunken px-1 font-mono text-[0.9em] wrap-break-word" {...props} />
  ),
  pre: FencedBlock,
  table: (props: ComponentProps<'table'>) => (
    <div role="group" aria-label="Table" tabIndex={0} className="my-3 max-w-3xl overflow-x-auto">
      <table className="w-full border-collapse text-sm" {...props} />
    </div>
  ),
  th: (props: ComponentProps<'th'>) => (
    <th className="border-b border-line px-2 py-1.5 text-left font-medium" {...props} />
  ),
  td: (props: ComponentProps<'td'>) => <td className="border-b border-line px-2 py-1.5 align-top" {...props} />,
};

/** How documents are drawn. Named by `@next/mdx`; it is no hook. */
export const useMDXComponents = () => ELEMENTS;
