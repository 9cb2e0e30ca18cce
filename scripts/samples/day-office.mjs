/** Support and finance, that Tuesday: the bot's tickets, Farah's harder ones, Dana's invoices, Grace's numbers. */

const HELPDESK = 'C07HELPDESK';
const ESCALATE = 'C07ESCALATE';

/** Tickets of the morning and the afternoon, as the bot meets them. */
const TICKETS = [
  {
    bot: 'support-bot-eu',
    at: '07:58',
    email: 'maren.holt@fjord-outdoor.example',
    customer: 'cus_Qa81Tz',
    payment: 'pi_3QMa81',
    thread: '1794988680.101200',
    refund: 4990,
    text: 'Your refund of € 49.90 for the second pair is on its way; it takes three to five days.',
  },
  {
    bot: 'support-bot-eu',
    at: '08:22',
    email: 'k.osei@brightline.example',
    customer: 'cus_Qb02Lm',
    thread: '1794990120.404100',
    text: 'Order 104-88213 left our warehouse this morning; the carrier says Thursday.',
  },
  {
    bot: 'support-bot-eu',
    at: '08:49',
    email: 'office@tischlerei-brandt.example',
    customer: 'cus_Qc77Xe',
    payment: 'pi_3QMc77',
    thread: '1794991740.900300',
    refund: 87500,
    text: 'We have refunded the damaged workbench in full (€ 875.00).',
  },
  {
    bot: 'support-bot-us',
    at: '13:07',
    email: 'pat@lakeside-cycles.example',
    customer: 'cus_Qd15Rk',
    payment: 'pi_3QMd15',
    thread: '1795007220.300700',
    refund: 12900,
    text: 'The refund of $129.00 for the returned helmet is done.',
  },
  {
    bot: 'support-bot-eu',
    at: '09:33',
    email: 'einkauf@nordhafen.example',
    customer: 'cus_Qe90Ws',
    thread: '1794994380.770200',
    text: 'You find the VAT number on page two of each invoice; I attached the last three again.',
  },
  {
    bot: 'support-bot-us',
    at: '14:21',
    email: 'maria.s@sunrise-yoga.example',
    customer: 'cus_Qf33Bd',
    payment: 'pi_3QMf33',
    thread: '1795011660.118900',
    refund: 64000,
    text: 'This refund needs a colleague; someone will write to you today.',
    escalate: 'Refund of $640.00 for sunrise-yoga (ticket 5521): over my limit',
  },
  {
    bot: 'support-bot-eu',
    at: '10:26',
    email: 'jo.kask@tallinnmade.example',
    customer: 'cus_Qg48Hp',
    payment: 'pi_3QMg48',
    thread: '1794997560.551100',
    refund: 100000,
    text: 'We have refunded € 1,000.00 for the cancelled pre-order.',
  },
  {
    bot: 'support-bot-us',
    at: '15:02',
    email: 'dev@patchwork-labs.example',
    customer: 'cus_Qh61Vn',
    thread: '1795014120.909800',
    text: 'The sandbox keys were rotated last night; new ones are in your dashboard.',
  },
  {
    bot: 'support-bot-eu',
    at: '11:41',
    email: 'ola@skerry-sails.example',
    customer: 'cus_Qi29Ty',
    thread: '1795002060.200400',
    text: 'Your plan changes from Team to Studio on 1 December, as you asked.',
    cancel: 'sub_1QLi29',
  },
  {
    bot: 'support-bot-us',
    at: '15:44',
    email: 'ap@granite-peak.example',
    customer: 'cus_Qj54Mc',
    payment: 'pi_3QMj54',
    thread: '1795016640.660500',
    whole: true,
    text: 'I have asked a colleague to refund this order.',
    escalate: 'Whole refund wanted for granite-peak (ticket 5533); the amount was not given to me',
  },
  {
    bot: 'support-bot-us',
    at: '16:20',
    email: 'lee@harbor-coffee.example',
    customer: 'cus_Qk88Zd',
    payment: 'pi_3QMk88',
    thread: '1795018800.440600',
    refund: 2350,
    text: 'Refunded: $23.50 for the broken grinder part.',
  },
];

function tickets(day) {
  for (const ticket of TICKETS) {
    const bot = day.session(ticket.bot, ticket.at);
    bot
      .call('slack-support', 'slack_get_thread_replies', { channel_id: HELPDESK, thread_ts: ticket.thread })
      .call('payments', 'list_customers', { email: ticket.email, limit: 1 })
      .call('orders-db', 'query', {
        sql: `SELECT id, state, total_cents, created_at FROM orders WHERE customer_ref = '${ticket.customer}' ORDER BY created_at DESC LIMIT 5`,
      });
    if (ticket.payment) {
      bot.call('payments', 'list_payment_intents', { customer: ticket.customer, limit: 3 });
      bot.call('payments', 'create_refund', {
        payment_intent: ticket.payment,
        ...(ticket.whole ? {} : { amount: ticket.refund }),
        reason: 'requested_by_customer',
      });
    }
    if (ticket.cancel)
      bot
        .call('payments', 'cancel_subscription', { subscription: ticket.cancel })
        .call('payments', 'update_subscription', {
          subscription: ticket.cancel,
          proration_behavior: 'none',
          items: [{ id: 'si_Qi29', price: 'price_studio_month' }],
        });
    if (ticket.escalate)
      bot.call('slack-support', 'slack_post_message', { channel_id: ESCALATE, text: ticket.escalate });
    bot
      .call('slack-support', 'slack_reply_to_thread', {
        channel_id: HELPDESK,
        thread_ts: ticket.thread,
        text: ticket.text,
      })
      .call('slack-support', 'slack_add_reaction', {
        channel_id: HELPDESK,
        timestamp: ticket.thread,
        reaction: 'white_check_mark',
      });
  }
}

/** The bot's round through the channels; twice it writes where it has no business. */
function rounds(day) {
  for (const [at, bot] of [
    ['07:30', 'support-bot-eu'],
    ['09:00', 'support-bot-eu'],
    ['11:00', 'support-bot-eu'],
    ['13:00', 'support-bot-us'],
    ['15:30', 'support-bot-us'],
    ['17:00', 'support-bot-us'],
  ])
    day
      .session(bot, at)
      .call('slack-support', 'slack_list_channels', { limit: 100 })
      .call('slack-support', 'slack_get_channel_history', { channel_id: HELPDESK, limit: 50 })
      .call('slack-support', 'slack_get_channel_history', { channel_id: ESCALATE, limit: 20 });
  day
    .session('support-bot-eu', '11:02:40')
    .call('slack-support', 'slack_post_message', {
      channel_id: 'C07ANNOUNCE',
      text: 'The carrier reports delays of one day in Norway and Sweden.',
    })
    .call('slack-support', 'slack_post_message', {
      channel_id: HELPDESK,
      text: 'The carrier reports delays of one day in Norway and Sweden.',
    });
  day
    .session('support-bot-us', '17:03')
    .call('slack-support', 'slack_get_users', { limit: 200 })
    .call('slack-support', 'slack_post_message', {
      channel_id: 'C07RANDOM',
      text: 'That was 31 tickets today. Good night!',
    });
}

/** Farah takes what the bot hands over, and answers by mail. */
function escalations(day) {
  const farah = day.session('farah-desktop', '09:05');
  farah
    .call('slack-support', 'slack_get_channel_history', { channel_id: ESCALATE, limit: 30 })
    .call('mail', 'search_emails', { query: 'to:support@acme.example is:unread newer_than:1d', maxResults: 25 })
    .call('mail', 'read_email', { messageId: '19a8f0c2e41b7d03' })
    .call('orders-db', 'query', { sql: "SELECT * FROM shipments WHERE order_id = '104-88190'" })
    .call('mail', 'send_email', {
      to: ['einkauf@nordhafen.example'],
      subject: 'Re: Delivery 104-88190',
      body: 'The two missing boxes were left in Rostock; they arrive on Wednesday.',
      threadId: '19a8f0c2e41b7d03',
    })
    .call('mail', 'modify_email', {
      messageId: '19a8f0c2e41b7d03',
      removeLabelIds: ['UNREAD'],
      addLabelIds: ['Label_answered'],
    })
    .pause(40)
    .call('mail', 'read_email', { messageId: '19a8f33b0c92aa71' })
    .call('payments', 'list_disputes', { payment_intent: 'pi_3QL9x2', limit: 5 })
    .call('slack', 'send_direct_message', {
      user_id: 'U0DANAPET',
      text: 'A dispute came in for pi_3QL9x2 (€ 312). The parcel was signed for; I have the proof of delivery.',
    })
    .call('mail', 'draft_email', {
      to: ['j.vandijk@polder-bikes.example'],
      subject: 'Your dispute of 12 November',
      body: 'The parcel was signed for on 9 November by a colleague of yours; the slip is attached.',
      attachments: ['/home/farah/pod-104-87711.pdf'],
    })
    .pause(210)
    .call('slack-support', 'slack_get_channel_history', { channel_id: ESCALATE, limit: 30 })
    .call('payments', 'list_payment_intents', { customer: 'cus_Qf33Bd', limit: 3 })
    .call('payments', 'create_refund', { payment_intent: 'pi_3QMf33', amount: 64000, reason: 'requested_by_customer' })
    .call('slack', 'send_direct_message', {
      user_id: 'U0EMREYIL',
      text: 'Could you refund pi_3QMf33 ($640.00) by hand? It is over what my assistant may do.',
    })
    .call('slack-support', 'slack_reply_to_thread', {
      channel_id: ESCALATE,
      thread_ts: '1795011701.000200',
      text: 'Emre makes this one by hand.',
    })
    .call('mail', 'delete_email', { messageId: '19a8f51d77e0b2c4' })
    .call('mail', 'search_emails', { query: 'from:carrier.example "delay" newer_than:2d', maxResults: 10 });
}

/** Dana closes the week's invoices. */
function invoices(day) {
  const dana = day.session('dana-desktop', '12:40');
  dana.call('payments', 'retrieve_balance').call('orders-db', 'query', {
    sql: "SELECT customer_ref, sum(total_cents) AS total FROM orders WHERE state = 'delivered' AND invoiced_at IS NULL GROUP BY customer_ref ORDER BY total DESC",
  });
  for (const [customer, invoice, price] of [
    ['cus_Pz10Aa', 'in_1QMz10', 'price_bulk_tent'],
    ['cus_Pz22Fe', 'in_1QMz22', 'price_bulk_rope'],
    ['cus_Pz38Cu', 'in_1QMz38', 'price_bulk_lamp'],
    ['cus_Pz41Ni', 'in_1QMz41', 'price_bulk_tent'],
  ])
    dana
      .call('payments', 'create_invoice', { customer, days_until_due: 30 })
      .call('payments', 'create_invoice_item', { customer, price, invoice })
      .call('payments', 'finalize_invoice', { invoice });
  dana
    .call('orders-db', 'query', {
      sql: "UPDATE orders SET invoiced_at = now() WHERE customer_ref IN ('cus_Pz10Aa', 'cus_Pz22Fe') AND invoiced_at IS NULL",
    })
    .call('slack', 'send_message', {
      channel_id: 'C0FINANCE1',
      text: 'Four invoices are out. The assistant cannot mark the orders as invoiced, so I do that in the back office.',
    })
    .pause(30)
    .call('payments', 'list_invoices', { limit: 20 })
    .call('mail', 'search_emails', { query: 'subject:(invoice OR rechnung) is:unread', maxResults: 20 })
    .call('mail', 'read_email', { messageId: '19a90b7712ce4410' })
    .call('mail', 'send_email', {
      to: ['billing@alpine-huts.example'],
      cc: ['dana@acme.example'],
      subject: 'Invoice in_1QMz22',
      body: 'Here is the invoice again, with your order number on it.',
      attachments: ['/home/dana/in_1QMz22.pdf'],
    })
    .call('filesystem', 'list_directory_with_sizes', { path: '/workspace/finance/2026-11', sortBy: 'name' })
    .call('filesystem', 'write_file', {
      path: '/workspace/finance/2026-11/open-items.csv',
      content: 'customer,invoice,due,amount\ncus_Pz10Aa,in_1QMz10,2026-12-17,1840.00\n',
    });
}

/** Grace looks at numbers from home. */
function numbers(day) {
  const grace = day.session('grace-laptop', '16:08');
  grace
    .call('orders-db', 'list_tables')
    .call('orders-db', 'describe_table', { table: 'orders' })
    .call('orders-db', 'query', {
      sql: "SELECT date_trunc('week', created_at) AS week, sum(total_cents) / 100.0 AS revenue FROM orders GROUP BY 1 ORDER BY 1 DESC LIMIT 8",
    })
    .call('orders-db', 'query', {
      sql: 'WITH repeat AS (SELECT customer_ref, count(*) AS n FROM orders GROUP BY 1) SELECT count(*) FILTER (WHERE n > 1) * 100.0 / count(*) FROM repeat',
    })
    .call('orders-db', 'query', {
      sql: "-- refunds by week\nSELECT date_trunc('week', refunded_at), count(*) FROM refunds GROUP BY 1",
    })
    .call('orders-db', 'query', {
      sql: "SELECT date_trunc('week', refunded_at), count(*) FROM refunds GROUP BY 1 ORDER BY 1 DESC LIMIT 8",
    })
    .call('slack', 'search_messages', { query: 'from:@emre refund limit', count: 10 })
    .pause(8)
    .call('mail', 'draft_email', {
      to: ['board@acme.example'],
      subject: 'Week 46 in numbers',
      body: 'Revenue is up 6 percent on the week before; refunds are at 1.9 percent of orders.',
    })
    .call('mail', 'send_email', {
      to: ['emre@acme.example', 'dana@acme.example'],
      subject: 'Refund limit',
      body: 'Since noon the assistants refund up to 500 by themselves. Let us look at it again on Friday.',
    })
    .call('slack', 'schedule_message', {
      channel_id: 'C0LEADERS1',
      text: 'Week 46 in numbers is in your inbox.',
      post_at: 1795068000,
    });
}

export const office = [tickets, rounds, escalations, invoices, numbers];
