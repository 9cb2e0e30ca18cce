import type { Policy, Rule } from '../engine';
import type { TraceWork } from '../trace';
import { AnalysisDesk } from './analysis-desk';
import type { DraftImpact } from './answers';
import type { Decisions } from './decisions';
import type { LoadedTrace } from './loaded-trace';
import type { WorkerQuestions } from './protocol';

/** What each draft of a policy would change if it alone were active. Throws `SupersededError` where the work was stopped. */
export async function impactOfDrafts(
  { policy, catalog }: WorkerQuestions['drafts']['params'],
  trace: LoadedTrace | undefined,
  shown: Decisions | undefined,
  work: TraceWork,
): Promise<readonly DraftImpact[]> {
  const desk = new AnalysisDesk();
  const impacts: DraftImpact[] = [];
  for (const draft of policy.rules.filter(({ status }) => status === 'draft')) {
    const params = { before: policy, after: withActive(policy, draft), catalog };
    impacts.push({ ruleId: draft.id, impact: await desk.impact(params, trace, shown, work) });
  }
  return impacts;
}

const withActive = ({ rules, settings }: Policy, draft: Rule): Policy => ({
  rules: rules.map((rule) => (rule === draft ? { ...rule, status: 'active' } : rule)),
  settings,
});
