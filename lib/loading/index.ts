/** How long to wait before each further try to fetch code, in milliseconds. */
export const RETRY_PAUSES = [300, 1_000, 3_000] as const;

const pauseFor = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether an import failed because its code did not come. The bundler's loader names its error so. */
export const isLoadFailure = (error: unknown): boolean => error instanceof Error && error.name === 'ChunkLoadError';

/** Does what may fail for a moment: tries again after each pause, and rejects with the last error, or the first that is not worth a retry. */
export async function loadWithRetries<T>(
  load: () => Promise<T>,
  pause = pauseFor,
  isRetried: (error: unknown) => boolean = () => true,
): Promise<T> {
  for (const milliseconds of RETRY_PAUSES) {
    try {
      return await load();
    } catch (error) {
      if (!isRetried(error)) throw error;
      await pause(milliseconds);
    }
  }
  return load();
}
