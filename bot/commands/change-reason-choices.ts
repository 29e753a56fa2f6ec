import { CHANGE_REASON_TEXTS } from '../../recruiting/interview/change-reason.ts';
import { say } from '../replies/said.ts';

/** Why an interview is moved or called off: the only words a candidate may read about it. */
export const CHANGE_REASON_CHOICES = [
  {
    id: 'candidate_wish',
    title: say('應徵者要求', 'the candidate asked'),
    aliases: ['應徵者要求', '應徵者改期', '佢要求', '佢想改', 'candidate asked', 'candidate request'],
  },
  {
    id: 'interviewer_busy',
    title: say(CHANGE_REASON_TEXTS.interviewer_busy, 'the interviewer has urgent business'),
    aliases: [
      '接見同事臨時有要務',
      '接見同事有要務',
      '面試官有事',
      '面試官冇空',
      '經理有事',
      'interviewer busy',
      'interviewer away',
    ],
  },
  {
    id: 'place_changed',
    title: say(CHANGE_REASON_TEXTS.place_changed, 'the venue has changed'),
    aliases: ['場地調動', '場地更改', '轉場地', 'venue'],
  },
  {
    id: 'branch_arrangement',
    title: say(CHANGE_REASON_TEXTS.branch_arrangement, 'a special arrangement of the branch'),
    aliases: ['分店特別安排', '分店安排', '店舖安排', 'branch arrangement', 'branch'],
  },
] as const;

/** The vacancy is closed: ends the application, so only for calling off. */
export const VACANCY_CLOSED_CHOICE = {
  id: 'vacancy_closed',
  title: say('職位已停止招聘', 'the vacancy is closed'),
  aliases: [
    '職位已停止招聘',
    '停止招聘',
    '職位凍結',
    '已請夠人',
    'vacancy closed',
    'position closed',
    'frozen',
    'filled',
  ],
} as const;
