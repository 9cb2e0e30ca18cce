/** The result of a call, and a list of tools. A result over it fails its call alone. */
export const MAX_RESULT_BYTES = 10 * 1024 * 1024;

/** A line over the size limit that is not ended after this is not waited for any longer. */
export const MAX_UNENDED_BYTES = 8 * MAX_RESULT_BYTES;
