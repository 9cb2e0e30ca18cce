/** `embed.js`: the element `<policy-playground>`, which shows an embed in a sandboxed frame (docs/embedding.md). */
import { EMBED_HEIGHTS, EMBED_VIEWS, type EmbedMessage } from '@/lib/embed';
import { FrameConnection } from './connection';
import { frameAddress } from './frame-address';
import { StartQueue, distanceFromView, whenIdle, type Starter } from './start-queue';
import { onThemeChange, themeAround } from './theme';

const NAME = 'policy-playground';

/** How long a frame may take to connect before the author's own content is shown again, in milliseconds. */
const PATIENCE = 10_000;

/** How long the next one waits for a frame that does not connect, in milliseconds. */
const TURN = 3_000;

/** Of all elements in the page. */
const queue = new StartQueue(whenIdle);

/** Where this script came from is where the playground is. */
const { currentScript } = document;
const scriptAddress = currentScript instanceof HTMLScriptElement ? currentScript.src : '';

class PolicyPlayground extends HTMLElement implements PolicyPlaygroundElement {
  static readonly observedAttributes = ['src', 'view', 'theme', 'editable', 'rules', 'height'];

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #slot = document.createElement('slot');
  #frame: HTMLIFrameElement | undefined;
  #connection: FrameConnection | undefined;
  #ready = false;
  /** What is to be sent once the frame is connected. */
  #waiting: string | undefined;
  #waitingCall: string | undefined;
  #observer: IntersectionObserver | undefined;
  #endTheme: (() => void) | undefined;
  #patience = 0;
  #endTurn: (() => void) | undefined;
  readonly #starter: Starter = {
    distance: () => distanceFromView(this),
    start: (done) => {
      this.#start();
      this.#endTurn = done;
      setTimeout(done, TURN);
    },
  };

  connectedCallback(): void {
    this.style.display = 'block';
    this.style.minHeight = `${this.#reserved}px`;
    this.#root.replaceChildren(this.#slot);
    this.#endTheme = onThemeChange(() => this.#sendTheme());
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        this.#observer?.disconnect();
        queue.add(this.#starter);
      },
      { rootMargin: '600px' },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.#endTheme?.();
    queue.remove(this.#starter);
    this.#end();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return;
    if (name === 'height') this.style.minHeight = `${this.#reserved}px`;
    if (this.#frame === undefined) return;
    if (name === 'src') this.show(now ?? '');
    else if (name === 'theme') this.#sendTheme();
    else if (name !== 'height') this.#start();
  }

  show(source: string | object): void {
    const text = typeof source === 'string' ? source : JSON.stringify(source);
    if (this.#ready) this.#connection?.send({ type: 'set', source: text });
    else this.#waiting = text;
  }

  focusCall(id: string): void {
    if (this.#ready) this.#connection?.send({ type: 'focus-call', id });
    else this.#waitingCall = id;
  }

  get #reserved(): number {
    const given = Number.parseInt(this.getAttribute('height') ?? '', 10);
    const view = EMBED_VIEWS.find((one) => one === this.getAttribute('view')) ?? 'policy';
    return given > 0 ? Math.min(given, 10_000) : EMBED_HEIGHTS[view];
  }

  get #theme(): 'light' | 'dark' {
    const theme = this.getAttribute('theme');
    return theme === 'light' || theme === 'dark' ? theme : themeAround(this);
  }

  get #source(): string {
    return this.getAttribute('src') ?? this.querySelector('script[type="application/json"]')?.textContent.trim() ?? '';
  }

  /** Puts the frame in the place of the author's content; where there is one already, begins anew. */
  #start(): void {
    this.#end();
    const playground = new URL('.', this.getAttribute('playground') ?? (scriptAddress || location.href));
    const { address, rest } = frameAddress({
      playground: playground.href,
      attributes: { get: (name) => this.getAttribute(name) },
      theme: this.#theme,
      host: origin,
      source: this.#waiting ?? this.#source,
    });
    this.#waiting = rest;
    // Frames in a page without an origin have none either, and cannot be connected: what is in the address is all that they can show.
    const isAlone = origin === 'null' && location.protocol !== 'file:';
    if (isAlone && rest !== undefined) return this.#root.replaceChildren(this.#slot);
    const frame = document.createElement('iframe');
    frame.title = this.getAttribute('label') ?? 'Policy example';
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox');
    frame.allow = 'clipboard-write';
    frame.referrerPolicy = 'no-referrer';
    Object.assign(frame.style, {
      display: 'block',
      width: '100%',
      height: `${this.#reserved}px`,
      border: '1px solid color-mix(in srgb, currentColor 25%, transparent)',
      borderRadius: '8px',
      boxSizing: 'border-box',
      colorScheme: this.#theme,
    });
    frame.addEventListener('load', () => {
      const { contentWindow } = frame;
      if (contentWindow === null || this.#frame !== frame) return;
      this.#connection?.end();
      this.#ready = false;
      this.#connection = new FrameConnection(contentWindow, playground.origin, (message) => this.#take(message));
    });
    frame.src = address;
    this.#frame = frame;
    this.#root.replaceChildren(frame);
    if (!isAlone) this.#patience = window.setTimeout(() => this.#root.replaceChildren(this.#slot), PATIENCE);
  }

  #end(): void {
    clearTimeout(this.#patience);
    this.#endTurn?.();
    this.#connection?.end();
    this.#connection = undefined;
    this.#frame = undefined;
    this.#ready = false;
  }

  #take(message: EmbedMessage): void {
    switch (message.type) {
      case 'ready':
        return this.#onReady();
      case 'resize':
        return this.#resize(message.height, message.asked);
      case 'change': {
        const { decision, tests } = message;
        const bundle = parsed(message.bundle);
        return bundle === undefined ? undefined : this.#report('playground-change', { bundle, decision, tests });
      }
      case 'problem':
        return this.#report('playground-problem', { code: message.code, message: message.message });
    }
  }

  #onReady(): void {
    clearTimeout(this.#patience);
    this.#endTurn?.();
    this.#ready = true;
    if (this.#waiting !== undefined) this.show(this.#waiting);
    if (this.#waitingCall !== undefined) this.focusCall(this.#waitingCall);
    this.#waiting = this.#waitingCall = undefined;
    this.#sendTheme();
    this.#report('playground-ready', null);
  }

  /** A reserved height is kept until the reader uses the embed, so that nothing of the page moves by itself. */
  #resize(height: number, asked: boolean): void {
    if (this.#frame === undefined || (this.hasAttribute('height') && !asked)) return;
    // The border is within the height.
    this.#frame.style.height = `${Math.max(this.#reserved, height + 2)}px`;
  }

  #sendTheme(): void {
    if (this.#frame !== undefined) this.#frame.style.colorScheme = this.#theme;
    if (this.#ready) this.#connection?.send({ type: 'theme', theme: this.#theme });
  }

  #report<Name extends keyof PolicyPlaygroundEventMap>(
    name: Name,
    detail: PolicyPlaygroundEventMap[Name]['detail'],
  ): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Undefined where the text is no JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

if (customElements.get(NAME) === undefined) customElements.define(NAME, PolicyPlayground);
