import { describe, expect, it } from 'vitest';
import { watchForUpdates, type SiteUpdate } from './service-worker-updates';

class FakeWorker extends EventTarget {
  state = 'installing';
  readonly received: unknown[] = [];
  postMessage(message: unknown): void {
    this.received.push(message);
  }
  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
  active: FakeWorker | null = new FakeWorker();
  updates = 0;
  update(): Promise<void> {
    this.updates += 1;
    return Promise.reject(new Error('no network'));
  }
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null = null;
  registered: unknown[] = [];
  constructor(readonly registration: FakeRegistration | null) {
    super();
  }
  get ready(): Promise<FakeRegistration> {
    return this.registration ? Promise.resolve(this.registration) : new Promise(() => undefined);
  }
  startMessages(): void {}
  register(...all: unknown[]): Promise<FakeRegistration> {
    this.registered = all;
    return this.registration ? Promise.resolve(this.registration) : Promise.reject(new Error('refused'));
  }
}

function watch({
  controlled,
  registration = new FakeRegistration(),
}: {
  controlled: boolean;
  registration?: FakeRegistration | null;
}) {
  const container = new FakeContainer(registration);
  if (controlled) container.controller = new FakeWorker();
  const seen = { updates: [] as SiteUpdate[], kept: 0, reloads: 0 };
  const asked = { documents: 0, again: [] as (() => void)[] };
  const controls = watchForUpdates({
    container: container as unknown as ServiceWorkerContainer,
    basePath: '/docs/playground',
    reload: () => (seen.reloads += 1),
    onUpdate: (update) => seen.updates.push(update),
    onKept: () => (seen.kept += 1),
    later: (again) => again(),
    soon: (again) => asked.again.push(again),
    requestDocument: () => (asked.documents += 1),
  });
  return { container, registration: registration as FakeRegistration, seen, asked, ...controls };
}

const settled = () => new Promise((done) => setTimeout(done));

describe('watchForUpdates', () => {
  it('registers for the base path, and asks the browser not to keep the script', async () => {
    const { container } = watch({ controlled: false });
    await settled();
    expect(container.registered).toEqual([
      '/docs/playground/sw.js',
      { scope: '/docs/playground/', updateViaCache: 'none' },
    ]);
  });

  it('has the rest cached, and notifies when it is', async () => {
    const { container, registration, seen } = watch({ controlled: false });
    await settled();
    expect(registration.active?.received).toEqual(['keep the rest']);
    container.dispatchEvent(new MessageEvent('message', { data: 'kept' }));
    container.dispatchEvent(new MessageEvent('message', { data: 'something else' }));
    expect(seen.kept).toBe(1);
  });

  it('asks again for the rest where it could not be kept', async () => {
    const { container, registration, seen } = watch({ controlled: false });
    await settled();
    container.dispatchEvent(new MessageEvent('message', { data: 'not kept' }));
    await settled();
    expect(registration.active?.received).toEqual(['keep the rest', 'keep the rest']);
    expect(seen.kept).toBe(0);
  });

  it('offers nothing at the first visit', async () => {
    const { container, registration, seen } = watch({ controlled: false });
    await settled();
    const first = new FakeWorker();
    registration.installing = first;
    registration.dispatchEvent(new Event('updatefound'));
    first.become('installed');
    container.controller = first;
    container.dispatchEvent(new Event('controllerchange'));
    expect(seen).toEqual({ updates: [], kept: 0, reloads: 0 });
  });

  it('offers a build that waited already, takes it up when asked, and reloads once', async () => {
    const registration = new FakeRegistration();
    registration.waiting = new FakeWorker();
    const { container, seen, takeUp } = watch({ controlled: true, registration });
    await settled();
    expect(seen.updates).toEqual([{ kind: 'ready' }]);
    takeUp(seen.updates[0] ?? { kind: 'none' });
    expect(registration.waiting.received).toEqual(['take over']);
    expect(seen.reloads).toBe(0);
    container.dispatchEvent(new Event('controllerchange'));
    expect(seen.reloads).toBe(1);
  });

  it('asks again, with a request for a document, while the old build stays', async () => {
    const registration = new FakeRegistration();
    const first = (registration.waiting = new FakeWorker());
    const { container, seen, asked, takeUp } = watch({ controlled: true, registration });
    await settled();
    takeUp({ kind: 'ready' });
    expect([first.received.length, asked.documents]).toEqual([1, 0]);
    const newer = (registration.waiting = new FakeWorker());
    asked.again.shift()?.();
    expect([first.received.length, newer.received, asked.documents]).toEqual([1, ['take over'], 1]);
    container.dispatchEvent(new Event('controllerchange'));
    asked.again.shift()?.();
    expect([newer.received.length, asked.documents, asked.again.length, seen.reloads]).toEqual([1, 1, 0, 1]);
  });

  it('reloads without an answer where no build waits any more, and after some tries', async () => {
    const registration = new FakeRegistration();
    const waiting = (registration.waiting = new FakeWorker());
    const { seen, asked, takeUp } = watch({ controlled: true, registration });
    await settled();
    takeUp({ kind: 'ready' });
    for (let again = asked.again.shift(); again; again = asked.again.shift()) again();
    expect([waiting.received.length, asked.documents, seen.reloads]).toEqual([8, 7, 1]);
    registration.waiting = null;
    takeUp({ kind: 'ready' });
    expect([asked.again.length, seen.reloads]).toEqual([0, 2]);
  });

  it('offers a build that is found later, once it is whole', async () => {
    const { registration, seen } = watch({ controlled: true });
    await settled();
    const next = new FakeWorker();
    registration.installing = next;
    registration.dispatchEvent(new Event('updatefound'));
    expect(seen.updates).toEqual([]);
    next.become('installed');
    expect(seen.updates).toEqual([{ kind: 'ready' }]);
  });

  it('reports when another tab has activated a build, and never reloads by itself', async () => {
    const { container, seen, takeUp } = watch({ controlled: true });
    await settled();
    container.dispatchEvent(new Event('controllerchange'));
    expect(seen.updates).toEqual([{ kind: 'taken up elsewhere' }]);
    expect(seen.reloads).toBe(0);
    takeUp({ kind: 'taken up elsewhere' });
    expect(seen.reloads).toBe(1);
  });

  it('reports nothing where the browser refuses, and where the network is gone', async () => {
    const refused = watch({ controlled: false, registration: null });
    const offline = watch({ controlled: true });
    await settled();
    refused.check();
    offline.check();
    await settled();
    expect(offline.registration.updates).toBe(1);
    expect(refused.seen).toEqual({ updates: [], kept: 0, reloads: 0 });
  });

  it('receives nothing after it was stopped', async () => {
    const { container, seen, end } = watch({ controlled: true });
    await settled();
    end();
    container.dispatchEvent(new Event('controllerchange'));
    container.dispatchEvent(new MessageEvent('message', { data: 'kept' }));
    expect(seen).toEqual({ updates: [], kept: 0, reloads: 0 });
  });
});
