/** Acme's database, mail, payments, and the way to the web. */
import { choice, DESTROY, READ, tool, TYPES, WRITE } from './tool.mjs';

export const ordersDb = [
  tool('list_tables', 'List tables', 'Tables of a schema', { schema: 'string' }, READ),
  tool('describe_table', 'Describe table', 'Columns and indexes of a table', { table: 'string!' }, READ),
  tool(
    'query',
    'Run SQL',
    'Runs a statement and gives its rows',
    { sql: 'string! One SQL statement' },
    { readOnlyHint: false, openWorldHint: false },
  ),
  tool('explain_query', 'Explain SQL', 'The plan of a statement', { sql: 'string!', analyze: 'boolean' }, READ),
];

const SEND = {
  to: { ...TYPES.strings, needed: true, description: 'Recipients' },
  cc: TYPES.strings,
  subject: 'string!',
  body: 'string!',
  attachments: { ...TYPES.strings, description: 'Paths of files to attach' },
  threadId: 'string Reply in this thread',
};

export const mail = [
  tool(
    'search_emails',
    'Search mail',
    'Messages that match a query',
    { query: 'string! Such as from:ana newer_than:2d', maxResults: 'number' },
    READ,
  ),
  tool('read_email', 'Read mail', 'One message', { messageId: 'string!' }, READ),
  tool('draft_email', 'Draft mail', 'Writes a draft', SEND, WRITE),
  tool('send_email', 'Send mail', 'Sends a message', SEND, { ...WRITE, openWorldHint: true }),
  tool(
    'modify_email',
    'Label mail',
    'Adds and removes labels',
    { messageId: 'string!', addLabelIds: TYPES.strings, removeLabelIds: TYPES.strings },
    WRITE,
  ),
  tool('delete_email', 'Delete mail', 'Deletes a message for good', { messageId: 'string!' }, DESTROY),
];

export const payments = [
  tool(
    'list_customers',
    'List customers',
    'Customers, by e-mail address if given',
    { limit: 'integer', email: 'string' },
    READ,
  ),
  tool(
    'list_payment_intents',
    'List payments',
    'Payments, of one customer if given',
    { customer: 'string', limit: 'integer' },
    READ,
  ),
  tool(
    'list_invoices',
    'List invoices',
    'Invoices, of one customer if given',
    { customer: 'string', limit: 'integer' },
    READ,
  ),
  tool(
    'list_disputes',
    'List disputes',
    'Disputed payments',
    { charge: 'string', payment_intent: 'string', limit: 'integer' },
    READ,
  ),
  tool('retrieve_balance', 'Balance', 'The balance of the account', {}, READ),
  tool(
    'create_refund',
    'Refund',
    'Refunds a payment, wholly where no amount is given',
    {
      payment_intent: 'string! Payment to refund',
      amount: 'integer In cents',
      reason: choice(['duplicate', 'fraudulent', 'requested_by_customer'], 'Why'),
    },
    DESTROY,
  ),
  tool(
    'create_invoice',
    'Create invoice',
    'A draft invoice',
    { customer: 'string!', days_until_due: 'integer' },
    WRITE,
  ),
  tool(
    'create_invoice_item',
    'Add invoice item',
    'A line of a draft invoice',
    { customer: 'string!', price: 'string!', invoice: 'string!' },
    WRITE,
  ),
  tool('finalize_invoice', 'Finalize invoice', 'Makes a draft invoice final', { invoice: 'string!' }, DESTROY),
  tool(
    'update_subscription',
    'Change subscription',
    'Changes price or quantity',
    {
      subscription: 'string!',
      proration_behavior: choice(['create_prorations', 'always_invoice', 'none'], 'How to bill the change'),
      items: { type: 'array', items: { type: 'object' } },
    },
    WRITE,
  ),
  tool('cancel_subscription', 'Cancel subscription', 'Ends a subscription', { subscription: 'string!' }, DESTROY),
];

export const web = [
  tool(
    'fetch',
    'Fetch',
    'Reads a web page as Markdown',
    {
      url: { type: 'string', format: 'uri', description: 'Address', needed: true },
      max_length: 'integer',
      start_index: 'integer',
      raw: 'boolean',
    },
    { readOnlyHint: true, openWorldHint: true },
  ),
];
