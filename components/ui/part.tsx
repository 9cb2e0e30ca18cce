'use client';
import { clsx } from 'clsx';
import { useEffect, useSyncExternalStore, type ComponentType, type ReactNode } from 'react';
import { Button } from './button';
import { PartLoader, type PartState } from './part-loader';

interface PartOptions<P> {
  /** What is drawn until the part is there. */
  readonly waiting?: (props: P) => ReactNode;
}

/** A part that is closed by itself (`onClose`), or that its place can do without (`onGiveUp`), has its message drawn over the page. */
type PartProps<P> = P & { onGiveUp?: () => void };

/**
 * A component whose code is fetched when it is first drawn. Where that fails it is tried again, and in the end the reader is given a message
 * in its place, with a button to try again; the rest of the page is not concerned. It takes the place of `next/dynamic` and `React.lazy`,
 * which remember a failure for as long as the page lives.
 */
export function partOf<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { waiting }: PartOptions<P> = {},
): (props: PartProps<P>) => ReactNode {
  const loader = new PartLoader(load);
  return function Part(props: PartProps<P>) {
    const state = useSyncExternalStore(loader.subscribe, loader.getState, loader.getState);
    useEffect(() => loader.start(), []);
    if (state.kind === 'ready') return <state.part {...props} />;
    if (state.kind === 'waiting') return waiting?.(props) ?? null;
    return <PartFailed failure={state} onRetry={loader.start} onClose={props.onGiveUp ?? closeOf(props)} />;
  };
}

const closeOf = (props: object): (() => void) | undefined =>
  'onClose' in props && typeof props.onClose === 'function' ? (props.onClose as () => void) : undefined;

interface PartFailedProps {
  failure: Extract<PartState<unknown>, { kind: 'failed' }>;
  onRetry(): void;
  onClose: (() => void) | undefined;
}

function PartFailed({ failure: { offline, message }, onRetry, onClose }: PartFailedProps) {
  return (
    <div
      role="alert"
      title={message}
      className={clsx(
        'flex flex-col items-start gap-2 bg-paper p-4 text-sm',
        onClose !== undefined &&
          'fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-lg rounded-xl border border-line shadow-float',
      )}
    >
      <p className="font-semibold">This part of the page could not be loaded.</p>
      <p className="text-ink-2">
        {offline
          ? 'There is no network. It is loaded as soon as the network is back.'
          : 'The server did not answer, or a new version of the page was published: then reload the page.'}{' '}
        Nothing else is affected.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
        <Button onClick={() => location.reload()}>Reload the page</Button>
        {onClose === undefined ? null : <Button onClick={onClose}>Close</Button>}
      </div>
    </div>
  );
}
