import { readEmbedOptions, writeEmbedOptions } from '@/lib/embed';

/** Longer links are sent once the frame is connected: servers and browsers limit addresses. */
const MOST_IN_ADDRESS = 8_000;

/** What the element's attributes ask for. */
export interface FrameRequest {
  /** The playground's address, with a slash at its end. */
  readonly playground: string;
  readonly attributes: { get(name: string): string | null };
  readonly theme: 'light' | 'dark';
  /** The origin of the page around. */
  readonly host: string;
  /** A link, or the JSON of a bundle. */
  readonly source: string;
}

/** The address of the frame, and what is left to be sent to it. */
export function frameAddress({ playground, attributes, theme, host, source }: FrameRequest): {
  readonly address: string;
  readonly rest: string | undefined;
} {
  const options = { ...readEmbedOptions(attributes), theme, hosts: [host] };
  const page = `${playground}embed/?${writeEmbedOptions(options)}`;
  const at = source.indexOf('#');
  const isShortLink = !source.trimStart().startsWith('{') && at >= 0 && source.length <= MOST_IN_ADDRESS;
  if (isShortLink) return { address: page + source.slice(at), rest: undefined };
  return { address: page, rest: source === '' ? undefined : source };
}
