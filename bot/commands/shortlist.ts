import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { shortlistApplications } from '../../recruiting/application/shortlist-applications.ts';
import { defineCommand } from '../command.ts';
import { ruleSentence, UNNAMED_RULE } from '../replies/rule-sentences.ts';
import { lines, type Said, say } from '../replies/said.ts';
import { staffDate, staffWhen } from '../replies/staff-dates.ts';

/** Puts people on the shortlist. */
export const shortlist = defineCommand({
  name: 'shortlist',
  aliases: { hant: ['入圍', '入選', '列入短名單'], en: ['shortlist'] },
  summary: say('把應徵者列入面試名單，並通知他們。', 'Put candidates on the shortlist and tell them.'),
  usage: say('入圍 〈應徵者〉…', 'shortlist <candidate>…'),
  examples: ['入圍 家欣', '入圍 A1003 A1004', 'shortlist Kelly'],
  changes: 'The application moves to shortlisted; `shortlisted` leaves after the time to undo and promises a date.',
  permission: 'shortlist',
  surface: 'any',
  takes: {
    who: {
      kind: 'application',
      title: say('應徵者', 'candidate'),
      many: true,
      stages: ['applied', 'withdrawn'],
    },
  },
  async action({ unit, now }, { who }) {
    const results = await shortlistApplications(unit, { applicationIds: who.map((info) => info.application._id) });
    const nameOf = (id: string): { name: string; job: string } => {
      const info = who.find(({ application }) => application._id === id);
      return { name: info?.candidate.name.display ?? '', job: info?.requisition.jobTitle ?? '' };
    };
    const told: Said[] = [];
    const done: string[] = [];
    for (const result of results) {
      const { name, job } = nameOf(result.application._id);
      if (result.outcome === 'shortlisted') {
        done.push(name);
        told.push((lang) =>
          lang === 'en'
            ? `${name} is shortlisted for "${job}"; the message promises an interview date by ${staffDate(result.contactBy, lang)}.`
            : `${name} 已入圍「${job}」。訊息會說明於${staffDate(result.contactBy, lang)}或之前約定面試。`,
        );
      } else if (result.outcome === 'already') {
        told.push(say(`${name} 之前已入圍。`, `${name} was shortlisted before.`));
      } else told.push(ruleSentence(result.obstacle) ?? UNNAMED_RULE);
    }
    if (done.length > 0) {
      const leaves = new Date(now.getTime() + unit.settings.undoSeconds * 1000);
      told.push((lang) =>
        lang === 'en'
          ? `The message leaves ${staffWhen(leaves, now, lang)} at the earliest.`
          : `訊息最早於${staffWhen(leaves, now, lang)}發出。`,
      );
    }
    return { text: lines(...told), ...(done.length > 0 ? { did: `入圍 ${done.join('、')}` } : {}) };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
  remedy: say('如要停止，請輸入「擺住」或「唔要」加姓名。', 'To stop here, type "hold" or "reject" with the name.'),
});
