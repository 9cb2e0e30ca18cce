import { Fragment } from 'react';
import { Marked } from '../ui/worded';
import { COMMANDS, EXAMPLES, EXIT_CODES } from './command-line-text';

/** The command line: the commands, their exit codes, and how to use them in CI. */
export function CommandLine() {
  return (
    <>
      <h1 className="text-xl font-semibold">Command line</h1>
      <div className="mt-2 max-w-prose space-y-2 text-ink-2">
        <p>
          Everything that the playground decides can be decided without a browser, by the same code: in a terminal, in a
          pipe, and before a change to a policy is merged. It needs Node 20.19 or newer and a copy of this project.
        </p>
      </div>
      <Code text={'npm ci\nnpm run -s policy -- help'} label="How to start" />

      <h2 className="mt-6 text-lg font-semibold">Commands</h2>
      <p className="mt-1 max-w-prose text-ink-2">
        <Marked text="FILE is a bundle, a file with a link in it, a link, or `-` for standard input. TRACE is a file of any format that the playground imports, or `-`. `policy COMMAND --help` lists the options." />
      </p>
      <dl className="mt-3 space-y-2">
        {COMMANDS.map(([name, usage, says]) => (
          <div key={name}>
            <dt className="font-mono text-sm font-medium">
              {name} <span className="font-normal text-ink-2">{usage}</span>
            </dt>
            <dd className="max-w-prose text-ink-2">
              <Marked text={says} />
            </dd>
          </div>
        ))}
      </dl>

      <h2 className="mt-6 text-lg font-semibold">Exit codes</h2>
      <dl className="mt-2 grid max-w-prose grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {EXIT_CODES.map(([code, says]) => (
          <Fragment key={code}>
            <dt className="font-mono text-sm leading-6">{code}</dt>
            <dd className="text-ink-2">{says}</dd>
          </Fragment>
        ))}
      </dl>
      <p className="mt-2 max-w-prose text-ink-2">
        <Marked text="Colours are for a terminal only, and not where `NO_COLOR` is set." />
      </p>

      {EXAMPLES.map(({ id, title, says, code }) => (
        <section key={id} id={id} aria-labelledby={`${id}-title`} className="mt-6">
          <h2 id={`${id}-title`} className="text-lg font-semibold">
            {title}
          </h2>
          <p className="mt-1 max-w-prose text-ink-2">
            <Marked text={says} />
          </p>
          <Code text={code} label={title} />
        </section>
      ))}
    </>
  );
}

/** Long lines scroll in a box of their own, which is focusable. */
function Code({ text, label }: { text: string; label: string }) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={`${label}: example`}
      className="mt-2 overflow-x-auto rounded-md border border-line bg-canvas p-3 font-mono text-xs leading-5"
    >
      <code>{text}</code>
    </pre>
  );
}
