interface LinkFit {
  readonly words: string;
  readonly bar: string;
}

/** Where a link of this many characters gets through (docs/bundle-and-link.md, "Link"). */
export function fitOf(length: number): LinkFit {
  if (length <= 2_000) return { words: 'fits anywhere', bar: 'bg-allow' };
  if (length <= 4_000) return { words: 'fits into Slack and most chats', bar: 'bg-allow' };
  if (length <= 8_000) return { words: 'too long for some chats and mail programs; browsers take it', bar: 'bg-gated' };
  return { words: 'too long for a link that works everywhere: share the file instead', bar: 'bg-deny' };
}
