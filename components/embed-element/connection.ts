import { CONNECT, EMBED_PROTOCOL, readEmbedMessage, type EmbedMessage, type HostMessage } from '@/lib/embed';

/**
 * The page's side of the connection to an embed. INVARIANT: the first message names the playground's origin, so that it reaches nothing else
 * that may have come into the frame; what carries a policy goes through the channel, which only that page has.
 */
export class FrameConnection {
  readonly #port: MessagePort;

  constructor(frame: Window, origin: string, onMessage: (message: EmbedMessage) => void) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = readEmbedMessage(data);
      if (message !== undefined) onMessage(message);
    };
    frame.postMessage({ type: CONNECT, version: EMBED_PROTOCOL }, origin, [port2]);
  }

  send(message: HostMessage): void {
    this.#port.postMessage(message);
  }

  end(): void {
    this.#port.close();
  }
}
