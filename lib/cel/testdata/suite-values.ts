import type { Type as ProtoType } from '@bufbuild/cel-spec/cel/expr/checked_pb.js';
import type { Value as ProtoValue } from '@bufbuild/cel-spec/cel/expr/value_pb.js';
import { Type_PrimitiveType as Primitive, Type_WellKnownType as WellKnown } from '@bufbuild/cel-spec/cel/expr/checked_pb.js';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { DurationSchema, TimestampSchema } from '@bufbuild/protobuf/wkt';
import { BOOL, BYTES, DOUBLE, DURATION, DYN, INT, NULL, STRING, TIMESTAMP, TYPE, UINT, listOf, mapOf, parseType, typeOf, type Type } from '../check/types';
import { CelDuration, CelMap, CelTimestamp, CelType, Uint, type Value } from '../values/values';

/** A value of the suite as ours; undefined for one that only protobuf has (messages, enums). */
export function fromProto({ kind }: ProtoValue): Value | undefined {
  switch (kind.case) {
    case 'nullValue':
      return null;
    case 'boolValue':
    case 'stringValue':
    case 'doubleValue':
    case 'int64Value':
    case 'bytesValue':
      return kind.value;
    case 'uint64Value':
      return new Uint(kind.value);
    case 'typeValue':
      return new CelType(kind.value);
    case 'listValue': {
      const values = kind.value.values.map(fromProto);
      return values.includes(undefined) ? undefined : (values as Value[]);
    }
    case 'mapValue': {
      const map = new CelMap();
      for (const entry of kind.value.entries) {
        const [key, value] = [entry.key && fromProto(entry.key), entry.value && fromProto(entry.value)];
        if (key === undefined || value === undefined) return undefined;
        map.put(key, value);
      }
      return map;
    }
    case 'objectValue': {
      const duration = anyUnpack(kind.value, DurationSchema);
      if (duration) return new CelDuration(duration.seconds * 1_000_000_000n + BigInt(duration.nanos));
      const time = anyUnpack(kind.value, TimestampSchema);
      return time && new CelTimestamp(Number(time.seconds), time.nanos);
    }
    default:
      return undefined;
  }
}

const PRIMITIVES: Partial<Record<Primitive, Type>> = {
  [Primitive.BOOL]: BOOL,
  [Primitive.INT64]: INT,
  [Primitive.UINT64]: UINT,
  [Primitive.DOUBLE]: DOUBLE,
  [Primitive.STRING]: STRING,
  [Primitive.BYTES]: BYTES,
};

/** A type of the suite as ours; undefined for one that only protobuf has. */
export function typeFromProto({ typeKind }: ProtoType): Type | undefined {
  switch (typeKind.case) {
    case 'dyn':
      return DYN;
    case 'null':
      return NULL;
    case 'primitive':
      return PRIMITIVES[typeKind.value];
    case 'wellKnown':
      return { [WellKnown.TIMESTAMP]: TIMESTAMP, [WellKnown.DURATION]: DURATION }[typeKind.value as number];
    case 'messageType':
      return parseType(typeKind.value);
    case 'listType': {
      const element = typeKind.value.elemType && typeFromProto(typeKind.value.elemType);
      return element && listOf(element);
    }
    case 'mapType': {
      const key = typeKind.value.keyType && typeFromProto(typeKind.value.keyType);
      const value = typeKind.value.valueType && typeFromProto(typeKind.value.valueType);
      return key && value && mapOf(key, value);
    }
    case 'type': {
      if (typeKind.value.typeKind.case === undefined) return TYPE;
      const of = typeFromProto(typeKind.value);
      return of && typeOf(of);
    }
    default:
      return undefined;
  }
}
