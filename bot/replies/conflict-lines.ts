import type { Conflict } from '../../recruiting/interview/find-conflicts.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import { lines, type Said, say } from './said.ts';
import { staffDateTime, staffTime } from './staff-dates.ts';

/** The way on from a conflict: another time, or the button under it. */
export const ANOTHER_TIME = say(
  '請回覆另一個時間，或按「照約」。',
  'Reply with another time, or tap to go ahead anyway.',
);

/** What stands against a time, one line each: who, from when to when. */
export async function conflictLines(reader: Reader, conflicts: readonly Conflict[], candidate: string): Promise<Said> {
  const told: Said[] = [];
  for (const { staffId, startAt, endAt, interviewId } of conflicts) {
    const name = staffId === null ? candidate : ((await reader.get('staff', staffId))?.name ?? staffId);
    const interview = interviewId === null ? null : await reader.get('interviews', interviewId);
    const other = interview && staffId !== null ? await reader.get('candidates', interview.candidateId) : null;
    told.push((lang) => {
      const span = `${staffDateTime(startAt, lang)} – ${staffTime(endAt, lang)}`;
      if (lang === 'en')
        return `${name}: busy ${span}${interview ? ` (interview${other ? ` with ${other.name.display}` : ''})` : ''}`;
      return `${name}：${span}${interview ? `已有面試${other ? `（${other.name.display}）` : ''}` : '行事曆顯示沒空'}`;
    });
  }
  return lines(say('時間有衝突，未有安排：', 'There is a conflict; nothing was arranged:'), ...told);
}

/** Whose calendar could not be read. */
export async function unknownCalendars(reader: Reader, staffIds: readonly string[]): Promise<Said | undefined> {
  if (staffIds.length === 0) return undefined;
  const people = await reader.list('staff', { _id: { $in: [...staffIds] } });
  const names = people.map((person) => person.name).join('、');
  return say(
    `未能查看 ${names} 的行事曆，請自行確認時間。`,
    `The calendar of ${names} could not be read; please check yourself.`,
  );
}
