/** How to get the list of tools of one's own server. */
export const OwnToolsHint = () => (
  <details className="mt-3 text-sm">
    <summary className="cursor-pointer text-ink-2">How to get the list of your own server</summary>
    <ul className="mt-1 list-disc space-y-1 pl-5 text-ink-2">
      <li>
        Save what the server answers to <code className="font-mono text-xs">tools/list</code>: one JSON object, also as
        part of a recorded MCP session.
      </li>
      <li>
        With the MCP Inspector on a command line:{' '}
        <code className="font-mono text-xs break-all">
          npx @modelcontextprotocol/inspector --cli COMMAND --method tools/list &gt; tools.json
        </code>
      </li>
      <li>
        With the Inspector’s page: connect, open Tools, choose List Tools, and copy the response from the history.
      </li>
      <li>From a trace: import one whose source lists the tools, and keep what it shows.</li>
    </ul>
  </details>
);
