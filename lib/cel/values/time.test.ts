import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { exactDuration, formatDuration, parseDuration } from './duration';
import { civilFromDays, daysFromCivil, formatTimestamp, parseTimestamp, timePart, type TimePart } from './time';
import { loadTimezones, zoneOffset } from './timezone';
import { TIMEZONE_NAMES, TZDB_RELEASE } from './timezone-names';
import { type CelDuration, CelTimestamp, type EvalError } from './values';

describe('parseTimestamp', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0, 0, 0],
    ['2024-02-29T12:30:45.000000001Z', 1709209845, 1, 0],
    ['2024-02-29T12:30:45.1234567891Z', 1709209845, 123456789, 0],
    ['2024-02-29T12:30:45,5Z', 1709209845, 500000000, 0],
    ['2024-02-29T09:30:45-03:00', 1709209845, 0, -10800],
    ['2024-02-29T18:00:45+05:30', 1709209845, 0, 19800],
    ['2024-02-29T9:30:45-03:00', 1709209845, 0, -10800],
    ['0001-01-01T00:00:00Z', -62135596800, 0, 0],
    ['9999-12-31T23:59:59.999999999Z', 253402300799, 999999999, 0],
  ])('%s', (text, seconds, nanos, offset) => {
    expect(parseTimestamp(text)).toEqual(new CelTimestamp(seconds, nanos, offset));
  });

  it.each([
    '',
    '2024-01-01',
    '2024-01-01T00:00:00',
    '2024-01-01T00:00:00z',
    '2024-01-01t00:00:00Z',
    '2024-01-01 00:00:00Z',
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2024-01-00T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:60:00Z',
    '2016-12-31T23:59:60Z',
    '2024-01-01T00:00:00.Z',
    '2024-01-01T00:00:00+0300',
    '2024-01-01T00:00:00+25:00',
    '0000-12-31T00:00:00Z',
    '9999-12-31T23:59:59-00:01',
    '0001-01-01T00:00:00+00:01',
  ])('refuses %s', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

describe('formatTimestamp', () => {
  it.each([
    '2024-02-29T12:30:45Z',
    '2024-02-29T12:30:45.1Z',
    '2024-02-29T12:30:45.000000001-03:00',
    '0999-01-01T00:00:00+05:30',
    '1969-12-31T23:59:59.999999999Z',
  ])('%s reads back and prints again', (text) => {
    expect(formatTimestamp(parseTimestamp(text) as CelTimestamp)).toBe(text);
  });
});

const time = fc
  .tuple(fc.integer({ min: -62135596800, max: 253402300799 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([seconds, nanos]) => new CelTimestamp(seconds, nanos));

describe('the calendar', () => {
  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => {
        const { year, month, day } = civilFromDays(days);
        expect(daysFromCivil(year, month, day)).toBe(days);
      }),
    );
  });

  it('has the parts that JavaScript computes in UTC', () => {
    fc.assert(
      fc.property(time, (at) => {
        const date = new Date(at.seconds * 1000);
        const start = Date.UTC(2000, 0, 1) + 0;
        const first = new Date(start);
        first.setUTCFullYear(date.getUTCFullYear());
        const wanted: Record<TimePart, number> = {
          getFullYear: date.getUTCFullYear(),
          getMonth: date.getUTCMonth(),
          getDate: date.getUTCDate(),
          getDayOfMonth: date.getUTCDate() - 1,
          getDayOfWeek: date.getUTCDay(),
          getDayOfYear: Math.floor((date.getTime() - first.getTime()) / 86_400_000),
          getHours: date.getUTCHours(),
          getMinutes: date.getUTCMinutes(),
          getSeconds: date.getUTCSeconds(),
          getMilliseconds: Math.floor(at.nanos / 1e6),
        };
        for (const [part, value] of Object.entries(wanted)) {
          expect([part, timePart(part as TimePart, at, 0)]).toEqual([part, BigInt(value)]);
        }
      }),
    );
  });
});

beforeAll(loadTimezones);

describe('zoneOffset', () => {
  const winter = parseTimestamp('2024-01-15T12:00:00Z') as CelTimestamp;
  const summer = parseTimestamp('2024-07-15T12:00:00Z') as CelTimestamp;
  const hours = (zone: string, at = winter): number | EvalError => {
    const offset = zoneOffset(zone, at);
    return typeof offset === 'number' ? offset / 3600 : offset;
  };

  it.each([
    ['UTC', 0, 0],
    ['', 0, 0],
    ['America/New_York', -5, -4],
    ['Europe/Berlin', 1, 2],
    ['Asia/Kolkata', 5.5, 5.5],
    ['Australia/Lord_Howe', 11, 10.5],
    ['US/Central', -6, -5],
    ['Etc/GMT+5', -5, -5],
    ['EST5EDT', -5, -4],
    ['EST', -5, -5],
    ['HST', -10, -10],
    ['CET', 1, 2],
    ['GB', 0, 1],
    ['Japan', 9, 9],
    ['Zulu', 0, 0],
    ['Factory', 0, 0],
    ['Europe/Kiev', 2, 3],
    ['Europe/Kyiv', 2, 3],
    ['America/Nuuk', -2, -1],
    ['+99:00', 99, 99],
    ['+00:99', 1.65, 1.65],
    ['-0:-30', 0.5, 0.5],
    ['+09:00', 9, 9],
    ['-03:00', -3, -3],
    ['-00:30', -0.5, -0.5],
    ['05:30', 5.5, 5.5],
    ['+5:3', 5.05, 5.05],
  ])('%s', (zone, inWinter, inSummer) => {
    expect([hours(zone), hours(zone, summer)]).toEqual([inWinter, inSummer]);
  });

  const MALFORMED = 'a zone is an IANA name, as in `Europe/Paris`, or an offset, as in `+05:30`';
  it.each([
    ...['PST', 'IST', 'BST', 'JST', 'CST', 'CEST', 'GMT+1', 'UTC+2', 'Nowhere/City', '+05', '+0530', '5'],
    ...['../UTC', 'Europe', 'Europe/', '/UTC', 'posix/UTC', 'Europe/Paris ', '\0UTC', '__proto__', 'constructor'],
  ])('refuses %j', (zone) => {
    const message = `unknown time zone \`${zone}\`: ${MALFORMED}`;
    expect(zoneOffset(zone, winter)).toMatchObject({ code: 'invalid-time-zone', message });
  });

  it.each(['a:b', ':', '1:2:3', '1:', '+ 1:00', '1.5:00', '99999999999999999999:00'])(
    'refuses the offset %j',
    (zone) => {
      const message = `unknown time zone \`${zone}\``;
      expect(zoneOffset(zone, winter)).toMatchObject({ code: 'invalid-time-zone', message });
    },
  );

  it.each([
    ['america/new_york', 'America/New_York'],
    ['US/EASTERN', 'US/Eastern'],
    ['JAPAN', 'Japan'],
    ['Etc/Utc', 'Etc/UTC'],
    ['Europe/berlin', 'Europe/Berlin'],
    ['utc', 'UTC'],
  ])('refuses %s, and names %s', (zone, meant) => {
    const message = `unknown time zone \`${zone}\`: names are case-sensitive, as in \`${meant}\``;
    expect(zoneOffset(zone, winter)).toMatchObject({ code: 'invalid-time-zone', message });
  });

  it('refuses the zone of the machine, which is not known', () => {
    const message = "unknown time zone `Local`: the zone of the gateway's own machine cannot be known here";
    expect(zoneOffset('Local', winter)).toMatchObject({ code: 'invalid-time-zone', message });
  });

  it('wraps an offset around as the 64 bits of a Go duration do', () => {
    expect(zoneOffset('2562047:47', winter)).toBe(2562047 * 3600 + 47 * 60);
    expect(zoneOffset('2562047:48', winter)).toBe(-9223371993);
  });

  it('knows the years at both ends of the range', () => {
    const [first, last] = [new CelTimestamp(-62135596800, 0), new CelTimestamp(253402300799, 0)];
    // Before there were zones a place had its own mean time.
    expect(hours('America/New_York', first)).toBeCloseTo(-4.934, 3);
    expect(hours('Asia/Tokyo', last)).toBe(9);
  });
});

describe('the list of time zones', () => {
  const groups = TIMEZONE_NAMES.split('\n').map((line) => line.split(' '));
  const names = groups.flat();

  it('is well formed', () => {
    expect(TZDB_RELEASE).toMatch(/^20\d\d[a-z]$/);
    expect(names.filter((name) => !/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(groups.map(([zone]) => zone)).toEqual(groups.map(([zone]) => zone).sort());
    expect(groups.length).toBeGreaterThan(400);
    expect(names.length).toBeGreaterThan(590);
  });

  it('holds what an engine calls a zone, and the engine knows each of them by some name', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !names.includes(zone))).toEqual([]);
    const now = new CelTimestamp(1_800_000_000, 0);
    expect(names.filter((name) => typeof zoneOffset(name, now) !== 'number')).toEqual([]);
  });
});

describe('with an engine that knows fewer names', () => {
  afterEach(() => vi.unstubAllGlobals());
  const at = new CelTimestamp(1_800_000_000, 0);

  /** The zones as `Intl` has them, without some names. */
  async function without(...missing: readonly string[]): Promise<typeof zoneOffset> {
    const real = Intl.DateTimeFormat;
    function DateTimeFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
      if (missing.includes(options.timeZone ?? '')) throw new RangeError('Invalid time zone specified');
      return new real(locale, options);
    }
    vi.stubGlobal('Intl', { DateTimeFormat });
    vi.resetModules();
    const fresh = await import('./timezone');
    await fresh.loadTimezones();
    return fresh.zoneOffset;
  }

  it('a zone is found by another of its names', async () => {
    const offset = await without('Europe/Kyiv', 'America/New_York', 'US/Eastern');
    expect(['Europe/Kyiv', 'Europe/Kiev'].map((zone) => offset(zone, at))).toEqual([7200, 7200]);
  });

  it('one that has no other name is an error that says so', async () => {
    const offset = await without('America/Coyhaique');
    const message = 'the JavaScript engine here has no data for the time zone `America/Coyhaique`';
    expect(offset('America/Coyhaique', at)).toMatchObject({ code: 'unsupported-time-zone', message });
  });
});

describe('on any machine', () => {
  const before = process.env['TZ'];
  afterEach(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  it.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'UTC'])('in %s the answers are the same', (machine) => {
    process.env['TZ'] = machine;
    expect(new Date(0).getTimezoneOffset() === 0).toBe(machine === 'UTC');
    const at = parseTimestamp('2024-03-10T02:30:00Z') as CelTimestamp;
    expect(at.seconds).toBe(1710037800);
    expect(timePart('getHours', at, 0)).toBe(2n);
    expect(zoneOffset('America/New_York', at)).toBe(-5 * 3600);
    expect(formatTimestamp(at)).toBe('2024-03-10T02:30:00Z');
  });
});

describe('durations', () => {
  it.each([
    ['1h30m', 5_400_000_000_000n, '5400s', '5400s'],
    ['-1.5s', -1_500_000_000n, '-1.5s', '-1.5s'],
    ['0', 0n, '0s', '0s'],
    ['+5ms', 5_000_000n, '0.005s', '0.005s'],
    ['1ns', 1n, '0.000000001s', '0.000000001s'],
    ['-1ns', -1n, '-0.000000001s', '-0.000000001s'],
    ['1us', 1_000n, '0.000001s', '0.000001s'],
    ['1\u00b5s1\u03bcs', 2_000n, '0.000002s', '0.000002s'],
    ['.5h', 1_800_000_000_000n, '1800s', '1800s'],
    ['1.s', 1_000_000_000n, '1s', '1s'],
    ['2562047h47m16.854775807s', 9_223_372_036_854_775_807n, '9223372036.854776s', '9223372036.854775807s'],
    ['-2562047h47m16.854775808s', -9_223_372_036_854_775_808n, '-9223372036.854776s', '-9223372036.854775808s'],
  ])('%s', (text, nanos, printed, exact) => {
    const parsed = parseDuration(text) as CelDuration;
    expect([parsed.nanos, formatDuration(parsed), exactDuration(parsed)]).toEqual([nanos, printed, exact]);
  });

  it.each(['', '-', '1', 's', '.s', '1d', '1h 30m', '1H', 'h1', '2562047h47m16.854775808s', '9999999999h', '1e3s'])(
    'refuses %s',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
