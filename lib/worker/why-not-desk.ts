import { whyNot, type WhyNot } from '../analysis';
import { compilePolicy } from '../engine';
import type { WorkerQuestions } from './protocol';

/** Why a rule does not decide a call. Throws where the policy has no such rule. */
export async function answerWhyNot({ policy, call, ruleId }: WorkerQuestions['whyNot']['params']): Promise<WhyNot> {
  const answer = await whyNot({ compiled: await compilePolicy(policy), call }, ruleId);
  if (answer === undefined) throw new Error('the policy has no such rule');
  return answer;
}
