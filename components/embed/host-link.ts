import {
  EMBED_PROTOCOL,
  isConnect,
  readHostMessage,
  type EmbedMessage,
  type EmbedView,
  type HostMessage,
} from '@/lib/embed';

/** What is read of a message to the window. */
export type WindowMessage = Pick<MessageEvent<unknown>, 'data' | 'origin' | 'source' | 'ports'>;

interface HostLinkOptions {
  /** Origins that may connect. */
  readonly hosts: readonly string[];
  readonly view: EmbedView;
  /** The window around the frame; undefined where the page is not in a frame. */
  readonly parent: unknown;
  onMessage(message: HostMessage): void;
  /** A page has connected: what it has to know of the present state is sent now. */
  onConnect(): void;
}

/**
 * The embed's side of the connection to the page around it. It accepts one from its parent window and from an origin that its address
 * names, and sends nothing but through the channel that such a page gave it. A page that connects again takes the place of the earlier channel.
 */
export class HostLink {
  readonly #options: HostLinkOptions;
  #port: MessagePort | undefined;

  constructor(options: HostLinkOptions) {
    this.#options = options;
  }

  /** Takes any message to the window; what is not a valid connection is ignored. */
  readonly receive = ({ data, origin, source, ports }: WindowMessage): void => {
    const { parent, hosts, view } = this.#options;
    const [port] = ports;
    if (parent === undefined || source !== parent || port === undefined || !isConnect(data)) return;
    // INVARIANT: other origins get no answer, so that a page cannot learn what is in the frame.
    if (!hosts.includes(origin)) return;
    if (data.version !== EMBED_PROTOCOL) {
      const message = `this embed speaks version ${String(EMBED_PROTOCOL)} of its protocol`;
      port.postMessage({ type: 'problem', code: 'version', message } satisfies EmbedMessage);
      port.close();
      return;
    }
    this.#port?.close();
    this.#port = port;
    port.onmessage = (event: MessageEvent<unknown>) => this.#take(event.data);
    this.send({ type: 'ready', version: EMBED_PROTOCOL, view });
    this.#options.onConnect();
  };

  send(message: EmbedMessage): void {
    this.#port?.postMessage(message);
  }

  #take(data: unknown): void {
    const read = readHostMessage(data);
    if (read.ok) this.#options.onMessage(read.message);
    else this.send({ type: 'problem', code: read.code, message: read.message });
  }
}
