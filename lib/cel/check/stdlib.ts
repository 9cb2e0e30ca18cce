/**
 * cel-go's standard library as its default environment declares it (v0.28.1: `common/stdlib/standard.go`): names, overload ids, types.
 *
 * One line a function: its name, then its overloads as `id(parameters)result`; a leading dot marks a method, whose first parameter is
 * what it is called on, and a leading `~` a comparison of numbers of different types.
 *
 * INVARIANT: the order of the overloads is cel-go's. An untyped operand is given the type of the *first* overload it fits, and that is
 * what cel-go then runs. `duration(int)` is not in the default environment.
 */
import { ERROR, INT, parseType, typeOf, type Type } from './types';
import { NAMED_VALUES } from '../values/values';

export interface FunctionOverload {
  readonly id: string;
  readonly member: boolean;
  readonly params: readonly Type[];
  readonly result: Type;
  /** Whether a type parameter occurs, so that each use needs fresh ones. */
  readonly generic: boolean;
  /** Compares numbers of different types: on only after a comprehension (see `Checker.mixed`). */
  readonly mixed: boolean;
}

const words = (text: string): string[] => text.split(' ');
/** A type's name as it is in overload ids. */
const inId = (type: string): string => (type === 'int' || type === 'uint' ? `${type}64` : type);

/** An operation on two (or with `unary` one) of the same type, that gives that type. */
const same = (id: string, types: string, unary = false): string =>
  words(types)
    .map((type) => `${id}_${inId(type)}(${type}${unary ? '' : `,${type}`})${type}`)
    .join(' ');

/** A conversion; of a type to itself it comes first. */
const convert = (to: string, from: string): string =>
  words(`${to} ${from}`)
    .map((type) => `${inId(type)}_to_${inId(to)}(${type})${to}`)
    .join(' ');

/** `<`, `<=`, `>` and `>=` differ in nothing but their name. Numbers come first with their own type, then with the others. */
const order = (id: string): string =>
  words('bool int,double,uint uint,double,int double,int,uint string bytes timestamp duration')
    .flatMap((group) => {
      const [type = '', ...others] = group.split(',');
      const own = `${id}_${inId(type)}`;
      return [`${own}(${type},${type})bool`, ...others.map((other) => `~${own}_${inId(other)}(${type},${other})bool`)];
    })
    .join(' ');

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
_+_ ${same('add', 'bytes double')} add_duration_duration(duration,duration)duration add_duration_timestamp(duration,timestamp)timestamp add_timestamp_duration(timestamp,duration)timestamp add_int64(int,int)int add_list(list(A),list(A))list(A) ${same('add', 'string uint')}
_-_ subtract_double(double,double)double subtract_duration_duration(duration,duration)duration subtract_int64(int,int)int subtract_timestamp_duration(timestamp,duration)timestamp subtract_timestamp_timestamp(timestamp,timestamp)duration subtract_uint64(uint,uint)uint
_*_ ${same('multiply', 'double int uint')}
_/_ ${same('divide', 'double int uint')}
_%_ ${same('modulo', 'int uint')}
-_ ${same('negate', 'double int', true)}
_<_ ${order('less')}
_<=_ ${order('less_equals')}
_>_ ${order('greater')}
_>=_ ${order('greater_equals')}
_[_] index_list(list(A),int)A index_map(map(A,B),A)B
@in in_list(A,list(A))bool in_map(A,map(A,B))bool
size size_bytes(bytes)int .bytes_size(bytes)int size_list(list(A))int .list_size(list(A))int size_map(map(A,B))int .map_size(map(A,B))int size_string(string)int .string_size(string)int
type type(A)type(A)
bool ${convert('bool', 'string')}
bytes ${convert('bytes', 'string')}
double ${convert('double', 'int string uint')}
duration ${convert('duration', 'string')}
dyn to_dyn(A)dyn
int ${convert('int', 'double duration string timestamp uint')}
string ${convert('string', 'bool bytes double duration int timestamp uint')}
timestamp ${convert('timestamp', 'int string')}
uint ${convert('uint', 'double int string')}
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

function readOverload(text: string): FunctionOverload {
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
export const FUNCTIONS: ReadonlyMap<string, readonly FunctionOverload[]> = new Map(
  TABLE.split('\n').map((line) => {
    const [name = '', ...overloads] = line.split(' ');
    return [name, overloads.map(readOverload)];
  }),
);

/** The types whose form is not their name. */
const FORMS: Readonly<Record<string, string>> = { list: 'list(A)', map: 'map(A,B)', null_type: 'null' };

/** The types of `NAMED_VALUES`: of a name that denotes a type, the `type(…)` of that. */
export const NAMED_VALUE_TYPES: ReadonlyMap<string, Type> = new Map(
  [...NAMED_VALUES].map(([name, value]) => [
    name,
    typeof value === 'bigint' ? INT : typeOf(parseType(FORMS[name] ?? name) ?? ERROR),
  ]),
);
