import { freeTestName } from '@/lib/analysis';
import type { BundleTest } from '@/lib/bundle';
import type { Call, DecisionEffect } from '@/lib/engine';

/** A test that expects a call's present decision. The recorded decision is not part of it. */
export function testOfCall(call: Call, effect: DecisionEffect, tests: readonly BundleTest[]): BundleTest {
  const { recorded: _recorded, ...facts } = call;
  const who = call.agent?.slug ?? call.user?.email;
  const tool = call.tool?.name ?? call.id;
  const name = who === null || who === undefined ? tool : `${tool} by ${who}`;
  return { name: freeTestName(name, tests), call: facts, expect: { effect } };
}
