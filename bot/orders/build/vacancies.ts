import { type Said, say } from '../../replies/said.ts';
import type { Piece } from '../../understand/frame.ts';
import type { Entities } from '../../understand/intents.ts';
import { type Intended, listOf, type OrderBuilder, type OrderContext, some } from '../order-context.ts';
import { branchPieces } from '../things.ts';

const EMPLOYMENT: Readonly<Record<string, string>> = { part_time: '（兼職）', contract: '（合約）', full_time: '' };

const ONE_AT_A_TIME = say(
  '如想開多於一個職位，請逐個輸入。',
  'If you want to open more than one vacancy, please type them one by one.',
);

interface Position {
  job: string;
  headcount: number;
  employment: string;
}

/** Vacancies to be opened: one command for each job. What a vacancy does not keep is said. */
export const buildOpenRequisition: OrderBuilder = async (context) => {
  const { entities } = context.frame;
  const branches = await branchPieces(context, entities.store);
  const remarks = notKept(entities);
  const positions = positionsOf(entities);
  // Which number belongs to which job was not said clearly.
  const unclear = entities.positions === undefined && (positions.length > 1 || numbersIn(context) > 1);
  const whole: (Position | undefined)[] = positions.length > 0 ? positions : [undefined];
  return whole.map((position, at): Intended => {
    const job = position ? context.reading.restore(position.job) + (EMPLOYMENT[position.employment] ?? '') : undefined;
    const branch: Piece | undefined = branches.length > 1 ? branches[at] : branches[0];
    return {
      command: 'open_requisition',
      args: {
        ...(job ? { jobTitle: [{ value: job }] } : {}),
        ...(position ? { headcount: [{ value: position.headcount }] } : {}),
        ...some('branch', [branch]),
      },
      remarks: [...(at === 0 ? remarks : []), ...(unclear && positions.length === 1 ? [ONE_AT_A_TIME] : [])],
      doubtful: unclear,
    };
  });
};

/** Figures in the order's stretch that are no pay, time or place. */
function numbersIn({ frame, reading }: OrderContext): number {
  return reading.marked.mentions.filter(
    ({ kind, start, end }) => kind === 'number' && start >= frame.start && end <= frame.end,
  ).length;
}

function positionsOf(entities: Entities): Position[] {
  const { positions, headcount = 1, employment = 'full_time' } = entities;
  if (positions && positions.length > 0) {
    return positions.map((one) => ({
      job: String(one.job ?? listOf(entities.job)[0] ?? ''),
      headcount: typeof one.headcount === 'number' ? one.headcount : 1,
      employment: typeof one.employment === 'string' ? one.employment : 'full_time',
    }));
  }
  return listOf(entities.job_norm ?? entities.job).map((job) => ({ job, headcount, employment }));
}

function notKept(entities: Entities): Said[] {
  const missing: Said[] = [];
  if (entities.salary) missing.push(say('薪金不會記錄在職位內。', 'The pay is not kept with the vacancy.'));
  if (entities.time !== undefined || entities.priority !== undefined)
    missing.push(say('到職期限不會記錄在職位內。', 'The deadline is not kept with the vacancy.'));
  if (entities.condition !== undefined)
    missing.push(say('要求不會記錄在職位內。', 'The requirement is not kept with the vacancy.'));
  return missing;
}
