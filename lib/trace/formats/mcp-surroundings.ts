import { isObject, type UnknownObject } from '../shape';

/**
 * What a log writes around its messages, without what differs from message to message (times, levels, directions, counters). Messages with
 * equal surroundings may be of one connection; where they differ, what one server lists is not used for the calls of the other.
 */

const STAMPS =
  /\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?|\b\d\d:\d\d:\d\d(?:[.,]\d+)?|\b[A-Z][a-z]{2} +\d{1,2}\b/g;
/** Words of any log about a message: its level, its direction, what it is. */
const COMMON_WORDS = new Set(
  (
    'trace debug info notice warn warning error err critical crit fatal alert emerg emergency verbose log silly ' +
    'client server stdio stdin stdout stderr send sends sent sending recv receive receives received receiving in out ' +
    'incoming outgoing inbound outbound request requests requested response responses reply replied answer answered result ' +
    'notification message messages msg rpc json jsonrpc json-rpc mcp http sse data raw payload body call calls called calling ' +
    'from to for of the a by via with got read wrote write writes reading writing forward forwarded forwarding c2s s2c ' +
    'event id tools list handle handled handling process processing id= null undefined true false'
  ).split(' '),
);
/** How much or how long something is, and the number of a message: it says nothing of the connection. */
const MEASURE =
  /\b\d[\d.,]*\s?(?:[mµn]?s|secs?|seconds?|[km]?i?b|bytes?|chars?|characters?|lines?|items?|tokens?|tools?|messages?|attempts?)\b|\b(?:size|length|len|bytes|took|duration|elapsed|latency|lines?|offset|seq|sequence|attempt|retry|count|msg|message|request|response|req|event|id|rpc)\s?[=:#]?\s?\d+\b|\b\d{10,}\b/gi;
const INTEGER = /^\d{1,9}$/;
const NUMBER = /^[\d.,]+$/;
const METHOD = /^["'`]?(?:initialize|ping|[a-z]+\/[a-z_/]+)["'`]?$/i;
const UNIQUE = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,})$/i;

/** Before a number in surroundings (`mcp-numbers.ts`): a character that no word of them begins with. */
export const NUMBER_MARK = '#';

/** Of the words on a message's line. */
export function wordsSurroundings(words: string): string {
  return words
    .slice(0, 2_000)
    .replace(STAMPS, ' ')
    .replace(MEASURE, ' ')
    .split(/[\s|,;"'`(){}<>=→←»«]+/)
    .map((word) => word.replace(/^[-–:*#.[\]]+|[-–:*#.]+$/g, '').replace(/^[[\]]+|[[\]]+$/g, ''))
    .filter(
      (word) =>
        /[\p{L}\p{N}]/u.test(word) &&
        !COMMON_WORDS.has(word.toLowerCase()) &&
        (INTEGER.test(word) || !NUMBER.test(word)) &&
        !METHOD.test(word) &&
        !UNIQUE.test(word),
    )
    .map((word) => (INTEGER.test(word) ? `${NUMBER_MARK}${word}` : word))
    .join(' ');
}

/** Members that differ from entry to entry of one connection, or say the same as the message. */
const OWN_MEMBER =
  /^(@?time(stamp)?|ts|date|received_?at|at|level|severity|direction|dir|type|kind|method|jsonrpc|seq(uence)?|offset|line|size|bytes|length|duration(_?ms)?|latency(_?ms)?|elapsed|took|id|tool(_?name)?|status(_?code)?|(request|req|trace|span|event|entry|message|msg|correlation|log|rpc)_?id|uuid)$/i;
/** Numbers that name a connection. */
const NAMING_NUMBER = /pid|port|conn|sess|server|upstream|backend|target|process|stream|channel|worker|fd/i;

const MOST_MEMBERS = 64;

/** Of an entry that holds a message in `inside`: its other members. */
export function entrySurroundings(entry: UnknownObject | readonly unknown[], inside: string): string {
  const found: string[] = [];
  const add = (key: string, value: unknown, depth: number): void => {
    if (found.length >= MOST_MEMBERS) return;
    if (isObject(value)) {
      if (Array.isArray(entry) || ['jsonrpc', 'result', 'error'].some((name) => Object.hasOwn(value, name))) return;
      // What is beside the message in depth names the connection as well (`{"connection":{"id":"db"}}`).
      if (depth < 3) for (const [name, inner] of Object.entries(value)) add(`${key}.${name}`, inner, depth + 1);
      return;
    }
    const name = key.slice(key.lastIndexOf('.') + 1);
    const own = depth === 0 && OWN_MEMBER.test(name);
    if (typeof value === 'number' && NAMING_NUMBER.test(key)) found.push(`${key}=${String(value)}`);
    if (Array.isArray(value) && !Array.isArray(entry)) {
      const texts = value.filter((item): item is string => typeof item === 'string');
      return add(key, texts.join(' '), depth);
    }
    if (typeof value !== 'string' || own || /^\s*[[{]/.test(value)) return;
    const words = wordsSurroundings(value);
    if (words !== '') found.push(`${key}=${words}`);
  };
  for (const [key, value] of Object.entries(entry)) if (key !== inside) add(key, value, 0);
  const named = /^\d+$/.test(inside) ? '' : wordsSurroundings(inside);
  return [...found.sort(), ...(named === '' ? [] : [named])].join('\n');
}
