import { invalidAnswer, tooLargeAnswer } from './answers';
import { MAX_RESULT_BYTES } from './limits';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** `fetch`, but for answers to JSON-RPC requests that are too large or not valid: these become a JSON-RPC error. Events are measured each. */
export const boundedFetch: Fetch = async (url, init) => {
  const response = await fetch(url, init);
  if (response.body === null) return response;
  const { status, statusText, headers } = response;
  const tooLarge = JSON.stringify(tooLargeAnswer(requestId(init?.body)));
  if (headers.get('content-type')?.startsWith('text/event-stream') === true) {
    const events = response.body.pipeThrough(boundedEvents(`event: message\ndata: ${tooLarge}\n\n`));
    return new Response(events, { status, statusText, headers });
  }
  const body = await boundedBody(response.body);
  return new Response(body === undefined ? tooLarge : (validBody(body) ?? body), { status, statusText, headers });
};

/** What stands for the body, or for the data of an event, where that is an answer that is not valid. */
function validBody(body: Buffer | string): string | undefined {
  try {
    const invalid = invalidAnswer(JSON.parse(body.toString()));
    return invalid === undefined ? undefined : JSON.stringify(invalid);
  } catch {
    // The SDK says what is wrong with a body that is not JSON.
    return undefined;
  }
}

/** The same for a whole event. */
function validEvent(event: Buffer): Buffer {
  const text = event.toString('utf8');
  const data = [...text.matchAll(/^data:[ ]?(.*)$/gm)].map(([, line = '']) => line).join('\n');
  const instead = data === '' ? undefined : validBody(data);
  return instead === undefined ? event : Buffer.from(`event: message\ndata: ${instead}\n\n`);
}

function requestId(body: unknown): string | number | null {
  if (typeof body !== 'string') return null;
  const { id } = JSON.parse(body) as { readonly id?: string | number };
  return id ?? null;
}

/** Undefined where there is more of it than allowed. */
async function boundedBody(stream: ReadableStream<Uint8Array>): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > MAX_RESULT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

/** Hands on whole events (HTML standard, "Server-sent events"); one that is too large becomes `instead`, and the stream ends. */
function boundedEvents(instead: string): TransformStream<Uint8Array, Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let lineIsEmpty = true;
  let last = 0;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      let from = 0;
      chunk.forEach((byte, at) => {
        const ends = byte === CARRIAGE_RETURN || (byte === LINE_FEED && last !== CARRIAGE_RETURN);
        if (ends && lineIsEmpty) {
          controller.enqueue(validEvent(Buffer.concat([...parts, chunk.subarray(from, at + 1)])));
          parts = [];
          length = 0;
          from = at + 1;
        }
        if (ends) lineIsEmpty = true;
        else if (byte !== LINE_FEED) lineIsEmpty = false;
        last = byte;
      });
      const rest = chunk.subarray(from);
      parts.push(rest);
      length += rest.length;
      if (length <= MAX_RESULT_BYTES) return;
      controller.enqueue(Buffer.from(instead));
      controller.terminate();
    },
    flush(controller) {
      for (const part of parts) controller.enqueue(part);
    },
  });
}
