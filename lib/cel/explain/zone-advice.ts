/** What is meant by a time zone that Go does not know: the list of names is loaded with the editor's advice, not with what decides. */
import { CelTimestamp, isError } from '../values/values';
import { suggest } from '../check/suggest';
import { TIMEZONE_NAMES } from '../values/timezone-names';
import { zoneOffset } from '../values/timezone';

/** Abbreviations that are no names in IANA's list, and the zones in which they are used, the most likely first. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ACST: 'Australia/Adelaide Australia/Darwin',
  ACDT: 'Australia/Adelaide',
  ADT: 'America/Halifax',
  AEST: 'Australia/Sydney Australia/Brisbane',
  AEDT: 'Australia/Sydney',
  AKDT: 'America/Anchorage',
  AKST: 'America/Anchorage',
  ART: 'America/Argentina/Buenos_Aires',
  AST: 'America/Halifax Asia/Riyadh',
  AWST: 'Australia/Perth',
  BRT: 'America/Sao_Paulo',
  BST: 'Europe/London Asia/Dhaka',
  CAT: 'Africa/Maputo',
  CDT: 'America/Chicago America/Havana',
  CEST: 'Europe/Paris Europe/Berlin',
  CST: 'America/Chicago Asia/Shanghai America/Havana',
  EAT: 'Africa/Nairobi',
  EDT: 'America/New_York',
  EEST: 'Europe/Athens Europe/Helsinki',
  GST: 'Asia/Dubai',
  HKT: 'Asia/Hong_Kong',
  ICT: 'Asia/Bangkok',
  IDT: 'Asia/Jerusalem',
  IST: 'Asia/Kolkata Europe/Dublin Asia/Jerusalem',
  JST: 'Asia/Tokyo',
  KST: 'Asia/Seoul',
  MDT: 'America/Denver',
  MSK: 'Europe/Moscow',
  NDT: 'America/St_Johns',
  NST: 'America/St_Johns',
  NZDT: 'Pacific/Auckland',
  NZST: 'Pacific/Auckland',
  PDT: 'America/Los_Angeles',
  PHT: 'Asia/Manila',
  PKT: 'Asia/Karachi',
  PST: 'America/Los_Angeles Asia/Manila',
  SAST: 'Africa/Johannesburg',
  SGT: 'Asia/Singapore',
  TRT: 'Europe/Istanbul',
  WAT: 'Africa/Lagos',
  WEST: 'Europe/Lisbon',
  WIB: 'Asia/Jakarta',
  Z: 'UTC',
};

const names: readonly string[] = ['UTC', ...TIMEZONE_NAMES.split(/\s/)];
const known: ReadonlySet<string> = new Set(names);

/** Longer texts are no misspelling of a name. */
const MAX_NAME = 60;

/** Whether Go knows a zone; its own machine's (`Local`) counts as none, for it cannot be known. */
export function isZone(zone: string): boolean {
  if (zone.includes(':')) return !isError(zoneOffset(zone, new CelTimestamp(0, 0)));
  return zone === '' || known.has(zone);
}

/** The zones that may have been meant by one that is none, the most likely first. */
export function meantZones(zone: string): readonly string[] {
  const name = zone.trim();
  if (name === '' || name.length > MAX_NAME) return [];
  const offset = /^(?:UTC|GMT|UT)?\s*([+-])?(\d{1,2})(?::?(\d\d))?$/i.exec(name);
  if (offset) return [`${offset[1] ?? '+'}${(offset[2] ?? '').padStart(2, '0')}:${offset[3] ?? '00'}`];
  const abbreviation = ABBREVIATIONS[name.toUpperCase()];
  if (abbreviation !== undefined) return abbreviation.split(' ');
  const spelled = name.replace(/\s+/g, '_').toLowerCase();
  const same = names.filter((one) => one.toLowerCase() === spelled || one.toLowerCase().endsWith(`/${spelled}`));
  if (same.length > 0) return same.slice(0, 1);
  const near = suggest(name, names);
  return near === undefined ? [] : [near];
}
