import type { StoreChange } from './store';

/** The way to the other tabs: what one posts, every other one receives, in order, and never itself. */
export interface StoreChannel {
  post(change: StoreChange): void;
  receive(listener: (change: StoreChange) => void): void;
  close(): void;
}

/** The browser's `BroadcastChannel`, where there is one. */
export function broadcastChannel(name: string): StoreChannel {
  if (typeof BroadcastChannel === 'undefined') return silentChannel;
  const channel = new BroadcastChannel(name);
  return {
    post: (change) => channel.postMessage(change),
    receive: (listener) =>
      channel.addEventListener('message', (event: MessageEvent<unknown>) => {
        const change = readChange(event.data);
        if (change) listener(change);
      }),
    close: () => channel.close(),
  };
}

export const silentChannel: StoreChannel = { post() {}, receive() {}, close() {} };

const KINDS = {
  policy: ['id', 'revision'],
  policies: [],
  drafts: ['policyId'],
  versions: ['policyId'],
  traces: [],
  settings: [],
  cases: [],
  quarantine: [],
  erased: [],
  closed: ['cause', 'message'],
} as const satisfies {
  readonly [K in StoreChange['kind']]: readonly Exclude<keyof Extract<StoreChange, { kind: K }>, 'kind'>[];
};

/** A message of another tab, checked: another build of the app may run there. */
export function readChange(data: unknown): StoreChange | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const message = data as Record<string, unknown>;
  if (typeof message.kind !== 'string' || !Object.hasOwn(KINDS, message.kind)) return undefined;
  const fields: readonly string[] = KINDS[message.kind as StoreChange['kind']];
  const sound = fields.every((name) => typeof message[name] === (name === 'revision' ? 'number' : 'string'));
  return sound ? (data as StoreChange) : undefined;
}
