import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';
import { ServiceWorker } from '@/components/site/service-worker';
import { Toasts } from '@/components/ui/toasts';
import { THEME_SCRIPT } from '@/components/ui/theme-script';

export const metadata: Metadata = {
  title: 'Policy playground',
  description:
    'Write policies for an AI gateway, replay what agents did, and see which rule decided each call, and why. Everything runs in your browser.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5f5f2' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1012' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Before the first paint, so that a dark page never flashes white. The build hashes it into the content security policy. */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        {children}
        <Toasts />
        <ServiceWorker />
      </body>
    </html>
  );
}
