import { mayReach } from '../../recruiting/access/reach.ts';
import type { AnyCommand, Argument } from '../command.ts';
import { applicationLabel } from '../replies/labels.ts';
import type { Lang } from '../replies/said.ts';
import type { PlanContext } from '../turn.ts';
import type { Option } from '../understand/resolution.ts';

/** Most people offered when nobody was named. */
const MOST_OFFERED = 5;
/** With more than so many nobody is offered: who may be reached is found out one by one. */
const LOOKED_AT = 20;

/**
 * Who may be meant when nobody was named: the people in the stages of the command within the asker's reach. With more than
 * a handful nobody is offered, a name is typed faster than a list is read.
 */
export async function likelyPeople(
  command: AnyCommand,
  { stages }: Argument,
  { reader, asker }: Pick<PlanContext, 'reader' | 'asker'>,
  lang: Lang,
): Promise<Option[]> {
  if (!stages) return [];
  const applications = await reader.list('applications', { stage: { $in: [...stages] } }, { limit: LOOKED_AT + 1 });
  if (applications.length > LOOKED_AT) return [];
  applications.sort((a, b) => b.stageSince.getTime() - a.stageSince.getTime());
  const options: Option[] = [];
  for (const application of applications) {
    const candidate = await reader.get('candidates', application.candidateId);
    const requisition = await reader.get('requisitions', application.requisitionId);
    if (!candidate || !requisition) continue;
    const info = { application, candidate, requisition };
    if (!(await mayReach(reader, asker, command.permission, info))) continue;
    options.push({ id: application._id, label: applicationLabel(info, lang) });
  }
  return options.length <= MOST_OFFERED ? options : [];
}
