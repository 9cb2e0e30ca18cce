import { create } from '@bufbuild/protobuf';
import {
  ConstantSchema,
  ExprSchema,
  type Constant as ProtoConstant,
  type Expr as ProtoExpr,
} from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { NullValue } from '@bufbuild/protobuf/wkt';
import { KindAdorner, toDebugString } from '@bufbuild/cel-spec/testdata/to-debug-string.js';
import type { IncrementalTest, IncrementalTestSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import type { Constant } from '../syntax/ast';
import type { CoreExpr } from '../syntax/expand';

/** A test of the suite with the path of the groups it is in: `parse/nest/list_index`. */
export interface SuiteTest extends IncrementalTest {
  readonly path: string;
}

export function flatten(suite: IncrementalTestSuite, path = ''): SuiteTest[] {
  return [
    ...suite.suites.flatMap((inner) => flatten(inner, `${path}${inner.name}/`)),
    ...suite.tests.map((test) => ({ ...test, path: `${path}${test.name}` })),
  ];
}

/** The tree as cel-go prints it for debugging, each node with its kind: the form in which the suite records it. */
export function debugString(expr: CoreExpr): string {
  return toDebugString(toProto(expr), KindAdorner.singleton);
}

/** Our tree as the suite's message. */
export function toProto(expr: CoreExpr): ProtoExpr {
  const id = BigInt(expr.id);
  switch (expr.kind) {
    case 'literal':
      return create(ExprSchema, { id, exprKind: { case: 'constExpr', value: constant(expr.value) } });
    case 'ident':
      return create(ExprSchema, { id, exprKind: { case: 'identExpr', value: { name: expr.name } } });
    case 'select': {
      const { field, testOnly } = expr;
      return create(ExprSchema, { id, exprKind: { case: 'selectExpr', value: { operand: toProto(expr.operand), field, testOnly } } });
    }
    case 'call': {
      const target = expr.target && { target: toProto(expr.target) };
      const value = { function: expr.function, args: expr.args.map(toProto), ...target };
      return create(ExprSchema, { id, exprKind: { case: 'callExpr', value } });
    }
    case 'list':
      return create(ExprSchema, { id, exprKind: { case: 'listExpr', value: { elements: expr.elements.map(toProto) } } });
    case 'map': {
      const entries = expr.entries.map(({ key, value }) => ({
        keyKind: { case: 'mapKey' as const, value: toProto(key) },
        value: toProto(value),
      }));
      return create(ExprSchema, { id, exprKind: { case: 'structExpr', value: { entries } } });
    }
    case 'struct': {
      const entries = expr.fields.map(({ field, value }) => ({
        keyKind: { case: 'fieldKey' as const, value: field },
        value: toProto(value),
      }));
      return create(ExprSchema, { id, exprKind: { case: 'structExpr', value: { messageName: expr.name, entries } } });
    }
    case 'comprehension': {
      const value = {
        iterVar: expr.variable,
        iterRange: toProto(expr.range),
        accuVar: expr.accumulator,
        accuInit: toProto(expr.init),
        loopCondition: toProto(expr.condition),
        loopStep: toProto(expr.step),
        result: toProto(expr.result),
      };
      return create(ExprSchema, { id, exprKind: { case: 'comprehensionExpr', value } });
    }
    case 'error':
      throw new Error('an error node has no message form');
  }
}

function constant(value: Constant): ProtoConstant {
  switch (value.type) {
    case 'null':
      return create(ConstantSchema, { constantKind: { case: 'nullValue', value: NullValue.NULL_VALUE } });
    case 'bool':
      return create(ConstantSchema, { constantKind: { case: 'boolValue', value: value.value } });
    case 'int':
      return create(ConstantSchema, { constantKind: { case: 'int64Value', value: value.value } });
    case 'uint':
      return create(ConstantSchema, { constantKind: { case: 'uint64Value', value: value.value } });
    case 'double':
      return create(ConstantSchema, { constantKind: { case: 'doubleValue', value: value.value } });
    case 'string':
      return create(ConstantSchema, { constantKind: { case: 'stringValue', value: value.value } });
    case 'bytes':
      return create(ConstantSchema, { constantKind: { case: 'bytesValue', value: new Uint8Array(value.value) } });
  }
}
