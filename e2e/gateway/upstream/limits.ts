/** The result of a call, and a list of tools. A result over it fails its call alone. */
export const MAX_RESULT_BYTES = 10 * 1024 * 1024;

/** The answer in place of a result that is too large, as the server's JSON-RPC error. */
export const tooLargeAnswer = (id: string | number | null): object => ({
  jsonrpc: '2.0',
  id,
  error: {
    code: -32_603,
    message: `the answer of the server is larger than ${String(MAX_RESULT_BYTES)} bytes and is not passed on`,
  },
});
