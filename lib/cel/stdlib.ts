/**
 * cel-go's standard library as its default environment declares it (v0.28.1: `common/stdlib/standard.go`): names, overload ids, types.
 *
 * One line a function: its name, then its overloads as `id(parameters)result`; a leading dot marks a method, whose first parameter is
 * what it is called on, and a leading `~` a comparison of numbers of different types.
 *
 * INVARIANT: the order of the overloads is cel-go's. An untyped operand is given the type of the *first* overload it fits, and that is
 * what cel-go then runs. `duration(int)` is not in the default environment.
 */
import { PARAM_A, PARAM_B, TIMESTAMP, DURATION, listOf, mapOf, parseType, typeOf, type Type } from './types';
import { BOOL, BYTES, DOUBLE, INT, NULL, STRING, TYPE, UINT, ERROR } from './types';

export interface Overload {
  readonly id: string;
  readonly member: boolean;
  readonly params: readonly Type[];
  readonly result: Type;
  /** Whether a type parameter occurs, so that each use needs fresh ones. */
  readonly generic: boolean;
  /** Compares numbers of different types: on only after a comprehension (see `Checker.mixed`). */
  readonly mixed: boolean;
}

/** `<`, `<=`, `>` and `>=` differ in nothing but their name. Numbers come first with their own type, then with the others. */
function order(id: string): string {
  const numbers: [suffix: string, type: string, others: readonly (readonly [string, string])[]][] = [
    ['int64', 'int', [DOUBLES, UINTS]],
    ['uint64', 'uint', [DOUBLES, INTS]],
    ['double', 'double', [INTS, UINTS]],
  ];
  const same = (type: string): string => `${id}_${type}(${type},${type})bool`;
  const mixed = numbers.flatMap(([suffix, type, others]) => [
    `${id}_${suffix}(${type},${type})bool`,
    ...others.map(([other, otherType]) => `~${id}_${suffix}_${other}(${type},${otherType})bool`),
  ]);
  return [same('bool'), ...mixed, ...['string', 'bytes', 'timestamp', 'duration'].map(same)].join(' ');
}

const INTS = ['int64', 'int'] as const;
const UINTS = ['uint64', 'uint'] as const;
const DOUBLES = ['double', 'double'] as const;

/** A part of a time: of a timestamp in UTC, of a timestamp in a zone, and of a duration where `ofDuration` names the overload. */
const part = (id: string, ofDuration?: string): string =>
  `.timestamp_to_${id}(timestamp)int .timestamp_to_${id}_with_tz(timestamp,string)int` +
  (ofDuration ? ` .duration_to_${ofDuration}(duration)int` : '');

const TABLE = `_?_:_ conditional(bool,A,A)A
_&&_ logical_and(bool,bool)bool
_||_ logical_or(bool,bool)bool
!_ logical_not(bool)bool
_==_ equals(A,A)bool
_!=_ not_equals(A,A)bool
_+_ add_bytes(bytes,bytes)bytes add_double(double,double)double add_duration_duration(duration,duration)duration add_duration_timestamp(duration,timestamp)timestamp add_timestamp_duration(timestamp,duration)timestamp add_int64(int,int)int add_list(list(A),list(A))list(A) add_string(string,string)string add_uint64(uint,uint)uint
_-_ subtract_double(double,double)double subtract_duration_duration(duration,duration)duration subtract_int64(int,int)int subtract_timestamp_duration(timestamp,duration)timestamp subtract_timestamp_timestamp(timestamp,timestamp)duration subtract_uint64(uint,uint)uint
_*_ multiply_double(double,double)double multiply_int64(int,int)int multiply_uint64(uint,uint)uint
_/_ divide_double(double,double)double divide_int64(int,int)int divide_uint64(uint,uint)uint
_%_ modulo_int64(int,int)int modulo_uint64(uint,uint)uint
-_ negate_double(double)double negate_int64(int)int
_<_ ${order('less')}
_<=_ ${order('less_equals')}
_>_ ${order('greater')}
_>=_ ${order('greater_equals')}
_[_] index_list(list(A),int)A index_map(map(A,B),A)B
@in in_list(A,list(A))bool in_map(A,map(A,B))bool
size size_bytes(bytes)int .bytes_size(bytes)int size_list(list(A))int .list_size(list(A))int size_map(map(A,B))int .map_size(map(A,B))int size_string(string)int .string_size(string)int
type type(A)type(A)
bool bool_to_bool(bool)bool string_to_bool(string)bool
bytes bytes_to_bytes(bytes)bytes string_to_bytes(string)bytes
double double_to_double(double)double int64_to_double(int)double string_to_double(string)double uint64_to_double(uint)double
duration duration_to_duration(duration)duration string_to_duration(string)duration
dyn to_dyn(A)dyn
int int64_to_int64(int)int double_to_int64(double)int duration_to_int64(duration)int string_to_int64(string)int timestamp_to_int64(timestamp)int uint64_to_int64(uint)int
string string_to_string(string)string bool_to_string(bool)string bytes_to_string(bytes)string double_to_string(double)string duration_to_string(duration)string int64_to_string(int)string timestamp_to_string(timestamp)string uint64_to_string(uint)string
timestamp timestamp_to_timestamp(timestamp)timestamp int64_to_timestamp(int)timestamp string_to_timestamp(string)timestamp
uint uint64_to_uint64(uint)uint double_to_uint64(double)uint int64_to_uint64(int)uint string_to_uint64(string)uint
contains .contains_string(string,string)bool
endsWith .ends_with_string(string,string)bool
startsWith .starts_with_string(string,string)bool
matches matches(string,string)bool .matches_string(string,string)bool
getFullYear ${part('year')}
getMonth ${part('month')}
getDayOfYear ${part('day_of_year')}
getDayOfMonth ${part('day_of_month')}
getDate ${part('day_of_month_1_based')}
getDayOfWeek ${part('day_of_week')}
getHours ${part('hours', 'hours')}
getMinutes ${part('minutes', 'minutes')}
getSeconds ${part('seconds', 'seconds').replace('seconds_with_tz', 'seconds_tz')}
getMilliseconds ${part('milliseconds', 'milliseconds')}`;

const isGeneric = (type: Type): boolean => type.kind === 'param' || type.params.some(isGeneric);

function readOverload(text: string): Overload {
  const member = text.startsWith('.');
  const mixed = text.startsWith('~');
  // The outermost parentheses hold the parameters; inner ones belong to types.
  const open = text.indexOf('(');
  let depth = 0;
  let close = open;
  const commas = [open];
  for (; ; close++) {
    if (text[close] === '(') depth++;
    else if (text[close] === ')' && --depth === 0) break;
    else if (text[close] === ',' && depth === 1) commas.push(close);
  }
  commas.push(close);
  const params = commas.slice(1).map((end, i) => parseType(text.slice((commas[i] ?? 0) + 1, end)) ?? ERROR);
  const result = parseType(text.slice(close + 1)) ?? ERROR;
  const id = text.slice(member || mixed ? 1 : 0, open);
  return { id, member, mixed, params, result, generic: [result, ...params].some(isGeneric) };
}

/** Every function, method and operator by name. */
export const FUNCTIONS: ReadonlyMap<string, readonly Overload[]> = new Map(
  TABLE.split('\n').map((line) => {
    const [name = '', ...overloads] = line.split(' ');
    return [name, overloads.map(readOverload)];
  }),
);

/** Names that denote types; each has the type `type(…)` of what it denotes. */
export const TYPE_NAMES: ReadonlyMap<string, Type> = new Map(
  Object.entries({
    bool: BOOL,
    bytes: BYTES,
    double: DOUBLE,
    'google.protobuf.Duration': DURATION,
    'google.protobuf.Timestamp': TIMESTAMP,
    int: INT,
    list: listOf(PARAM_A),
    map: mapOf(PARAM_A, PARAM_B),
    null_type: NULL,
    string: STRING,
    type: TYPE,
    uint: UINT,
  }).map(([name, type]) => [name, typeOf(type)]),
);
