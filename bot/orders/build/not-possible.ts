import { notYet, whoCan } from '../../replies/not-yet.ts';
import type { QuickReply, Reply } from '../../replies/reply.ts';
import { inLanguage, type Said, say, type Texts } from '../../replies/said.ts';
import type { IntentFrame } from '../../understand/intents.ts';
import { listOf, type OrderContext } from '../order-context.ts';
import { peopleOf } from '../people.ts';
import { datePiece, timesOf } from '../times.ts';
import { typedDay } from './records.ts';

interface Missing {
  why: Texts;
  way: Texts;
}

const NOTE_INSTEAD = say(
  '可先記作備註：「備註 〈應徵者〉 〈內容〉」。',
  'You can keep it as a note meanwhile: "note <candidate> <text>".',
);

/** Wishes that are understood and that no command carries out: why not, and how people do it meanwhile. */
const MISSING: Readonly<Record<string, Missing>> = {
  score: { why: say('我未能記錄評分，', 'I cannot record scores yet.'), way: NOTE_INSTEAD },
  report: {
    why: say('我未能製作報告，', 'I cannot make reports yet.'),
    way: say(
      '可先用「職位」看各職位進度，或「名單」看各階段的人。',
      'Meanwhile "vacancies" shows how far each vacancy is, and "list" who stands where.',
    ),
  },
  blind_on: {
    why: say('我未能隱藏姓名及相片（盲選），', 'I cannot hide names and photos yet.'),
    way: say('請由同事把履歷去掉姓名後再給面試官。', 'Please have a colleague remove the names from the CVs.'),
  },
  blind_off: {
    why: say('盲選功能尚未提供，', 'Blind mode does not exist yet.'),
    way: say('姓名本來就會顯示。', 'Names are always shown.'),
  },
  send_message: {
    why: say('我未能代發自訂內容的訊息，', 'I cannot send messages of your own words yet.'),
    way: say('請直接致電、短訊或電郵應徵者。', 'Please phone, text or e-mail the candidate yourself.'),
  },
  offer: {
    why: say('我未能代發或更改聘書，', 'I cannot send or change offers.'),
    way: say(
      '請由人手發出聘書；發出後撳下面的掣或輸入「聘書 〈應徵者〉 已發」，我便會記錄及跟進期限。',
      'Please send it by hand; then tap below or type "offer <candidate> sent", and I will keep it and remind of its deadline.',
    ),
  },
};

/** What is said of an order that cannot be carried out at all. */
export async function notPossible(context: OrderContext, obstacle: Texts | undefined): Promise<Reply> {
  const { frame, reading, reader, asker } = context;
  const missing = MISSING[frame.intent];
  const names = await whoCan(reader, asker);
  const why: Said = obstacle ?? missing?.why ?? say('這件事我未能辦到，', 'I cannot do this yet.');
  const way: Said = (lang) =>
    [
      inLanguage(wayFor(frame, obstacle, missing), lang),
      names === '' ? '' : inLanguage(say(`如需協助，可找 ${names}。`, `${names} can help.`), lang),
    ]
      .filter(Boolean)
      .join(lang === 'en' ? ' ' : '');
  return notYet(frame, reading.restore, why, way, waysOn(context));
}

function wayFor({ intent, entities }: IntentFrame, obstacle: Texts | undefined, missing: Missing | undefined): Said {
  if (intent === 'schedule' && entities.tentative) return PENCIL;
  return obstacle || !missing ? BY_HAND : missing.way;
}

const PENCIL = say(
  '時間定了才告訴我便可；想現在通知對方，可直接約。',
  'Tell me once the time is fixed, or arrange it now.',
);

const BY_HAND = say(
  '請改用簡單指令逐項輸入，或由同事人手處理。',
  'Please say it in simpler steps, or have a colleague do it by hand.',
);

/** What can be tapped instead, for one certain person. */
function waysOn(context: OrderContext): QuickReply[] {
  const { frame, reading } = context;
  const { intent, entities } = frame;
  const people = peopleOf(context);
  const name = reading.restore(listOf(entities.candidate)[0] ?? '');
  if (people.pieces.length !== 1 || name === '') return [];
  const [time, ...otherTimes] = timesOf(entities);
  if (intent === 'schedule' && entities.tentative && typeof time === 'string' && time.includes('T')) {
    if (otherTimes.length > 0) return [];
    return [
      {
        label: say('現在就約（會發邀請）', 'Arrange it now (sends the invitation)'),
        sends: `約 ${name} ${time.slice(0, 10)} ${time.slice(11, 16)}`,
      },
    ];
  }
  const content = reading.restore(listOf(entities.content).join(' '));
  if (intent === 'send_message' && content !== '') {
    return [{ label: say('記作備註', 'Keep it as a note'), sends: `備註 ${name} ${content}` }];
  }
  return intent === 'offer' && entities.action === undefined ? sentByHand(context, name) : [];
}

/** A tap that records an offer once it was sent. */
function sentByHand({ frame }: OrderContext, name: string): QuickReply[] {
  const start = typedDay(datePiece(timesOf(frame.entities)[0]));
  return [{ label: say('已發出', 'It was sent'), sends: `聘書 ${name} 已發${start ? ` 上班${start}` : ''}` }];
}

/** Whether an intent is understood without any command to carry it out. */
export const isMissing = (frame: IntentFrame): boolean =>
  MISSING[frame.intent] !== undefined && frame.intent !== 'offer';
