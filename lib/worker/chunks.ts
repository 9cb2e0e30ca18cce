/** The bytes of a file as they are read; whoever turns away lets go of it. */
export async function* chunksOf(source: Blob): AsyncGenerator<Uint8Array> {
  const reader = source.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
