'use client';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button';

interface ErrorBoundaryProps {
  /** The part's name at the start of a sentence: "The trace". */
  part: string;
  children: ReactNode;
}

/** Catches a crash in one part of the page: shows the error there, keeps the rest working, and offers the user's work as a download. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div role="alert" className="flex h-full flex-col items-start gap-3 overflow-auto bg-paper p-4">
        <p className="font-semibold">{this.props.part} stopped working.</p>
        <p className="text-sm text-ink-2">The rest of the page still works, and saved work is safe.</p>
        <pre className="max-w-full overflow-auto rounded-md bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">
          {error.message}
        </pre>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={() => this.setState({ error: undefined })}>
            Try again
          </Button>
          <Button onClick={() => void import('./download-work').then(({ downloadWork }) => downloadWork())}>
            Download my work
          </Button>
        </div>
        <p className="text-xs text-ink-2">Build {process.env.NEXT_PUBLIC_BUILD_ID ?? 'in development'}</p>
      </div>
    );
  }
}
