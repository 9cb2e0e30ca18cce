'use client';
import { useEffect, useRef, useState } from 'react';
import { CONNECT, EMBED_PROTOCOL, readEmbedMessage, writeEmbedOptions, type EmbedSnippet } from '@/lib/embed';
import { siteAddress } from '../site/site-address';
import { Button } from '../ui/button';

interface EmbedPreviewProps {
  snippet: EmbedSnippet;
  onHeight(height: number): void;
}

/** The border of a frame is within its height. */
const BORDER = 2;

/** The page of the embed itself, as the other page will have it, and a way to give it the height that its content needs. */
export function EmbedPreview({ snippet: { options, link, height }, onHeight }: EmbedPreviewProps) {
  const address = `${siteAddress('embed/')}?${writeEmbedOptions({ ...options, hosts: [location.origin] })}${link}`;
  const [content, setContent] = useState<{ readonly address: string; readonly height: number }>();
  const needed = content?.address === address ? content.height + BORDER : undefined;
  return (
    <figure>
      <figcaption className="mb-1 text-xs font-medium text-ink-2">Preview</figcaption>
      <PreviewFrame
        // A frame whose fragment alone changes keeps its page, which reads its address once.
        key={address}
        address={address}
        height={height}
        onContent={(now) => setContent({ address, height: now })}
      />
      {needed === undefined || needed === height ? null : (
        <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-2">
          At this width the content has {needed} pixels.
          <Button className="h-7 px-2 text-xs" onClick={() => onHeight(needed)}>
            Use this height
          </Button>
        </p>
      )}
    </figure>
  );
}

interface PreviewFrameProps {
  address: string;
  height: number;
  onContent(height: number): void;
}

function PreviewFrame({ address, height, onContent }: PreviewFrameProps) {
  const port = useRef<MessagePort>(undefined);
  useEffect(() => () => port.current?.close(), []);
  return (
    <iframe
      src={address}
      title="Preview of the embed"
      sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
      className="w-full rounded-lg border border-line"
      style={{ height }}
      onLoad={({ currentTarget }) => {
        port.current?.close();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }: MessageEvent<unknown>) => {
          const message = readEmbedMessage(data);
          if (message?.type === 'resize') onContent(message.height);
        };
        port.current = port1;
        // Any origin: that of this sandbox has no name. Nothing of the policy is sent.
        currentTarget.contentWindow?.postMessage({ type: CONNECT, version: EMBED_PROTOCOL }, '*', [port2]);
      }}
    />
  );
}
