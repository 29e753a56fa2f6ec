import { momentAt } from '../../hongkong/zone.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import { assignToIntake } from '../../recruiting/intake/assign-to-intake.ts';
import { openIntake } from '../../recruiting/intake/open-intake.ts';
import { setIntakeDate } from '../../recruiting/intake/set-intake-date.ts';
import { type AnyCommand, defineCommand } from '../command.ts';
import { lines, say } from '../replies/said.ts';
import { staffDateTime } from '../replies/staff-dates.ts';

/** Training ends at this time of the last day when only days are given. */
const TRAINING_ENDS = '17:30';

const openIntakeCommand = defineCommand({
  name: 'open_intake',
  aliases: { hant: ['開培訓班', '新增培訓班', '開班'], en: ['open intake', 'new intake', 'open training'] },
  summary: say('開一個培訓班。', 'Open a training group.'),
  usage: say(
    '開培訓班 地點 〈地址〉 簡稱 〈八字內〉 內容 〈內容〉 薪酬 〈如何支付〉 日期 〈日期時間〉 名額 〈人數〉',
    'open intake place <address> short <name> outline <what is taught> pay <how it is paid> date <day and time> seats <number>',
  ),
  examples: [
    '開培訓班 地點 觀塘海濱道133號12樓 簡稱 總辦事處 內容 食物安全及樓面服務 薪酬 培訓時數按時薪計算 日期 7/12 9:30 名額 20人',
  ],
  changes: 'Adds the group (T…). With a date, everybody who is put into it gets `training_notice`.',
  permission: 'manage_intake',
  surface: 'any',
  takes: {
    date: { kind: 'moment', title: say('首日', 'first day'), optional: true, labels: ['日期', '首日', 'date'] },
    seats: {
      kind: 'number',
      title: say('名額', 'seats'),
      optional: true,
      labels: ['名額', 'seats'],
      units: ['人', '位', 'people'],
    },
    placeShort: {
      kind: 'text',
      title: say('地點簡稱', 'short name of the place'),
      labels: ['簡稱', 'short'],
      labelled: true,
      question: say(
        '短訊用的地點簡稱是甚麼？八個字以內，例如「總辦事處」。',
        'What is the short name of the place, for SMS (8 characters)?',
      ),
    },
    place: {
      kind: 'text',
      title: say('地點', 'place'),
      labels: ['地點', '地址', 'place'],
      labelled: true,
      question: say('在哪裏培訓？請輸入完整地址。', 'Where is the training? Please give the full address.'),
    },
    outline: {
      kind: 'text',
      title: say('內容', 'outline'),
      labels: ['內容', 'outline'],
      labelled: true,
      question: say('培訓甚麼？例如「食物安全及樓面服務」。', 'What is taught?'),
    },
    payNote: {
      kind: 'text',
      title: say('薪酬', 'pay'),
      labels: ['薪酬', 'pay'],
      labelled: true,
      question: say('培訓時數如何支薪？例如「培訓時數按時薪計算，於發薪日支付」。', 'How is the training time paid?'),
    },
  },
  async action({ unit }, args) {
    const intake = await openIntake(unit, {
      place: args.place,
      placeShort: args.placeShort,
      outline: args.outline,
      payNote: args.payNote,
      ...(args.seats === undefined ? {} : { capacity: args.seats }),
      ...(args.date === undefined ? {} : { firstDayAt: args.date }),
    });
    return {
      text: (lang) =>
        lang === 'en'
          ? `Opened ${intake.ref}${intake.firstDayAt ? `, first day ${staffDateTime(intake.firstDayAt, lang)}` : ', date to be fixed'}. Put people in with "into ${intake.ref} <candidate>".`
          : `已開培訓班 ${intake.ref}${intake.firstDayAt ? `，首日 ${staffDateTime(intake.firstDayAt, lang)}` : '，日期待定'}。輸入「入班 ${intake.ref} 〈應徵者〉」編人。`,
      did: `開培訓班 ${intake.ref}`,
    };
  },
});

const intakeDate = defineCommand({
  name: 'set_intake_date',
  aliases: {
    hant: ['培訓日期', '定培訓日期', '培訓改期', '改培訓日期'],
    en: ['intake date', 'training date', 'fix training date', 'move training'],
  },
  summary: say(
    '定下或更改培訓班的日期，並通知全班。',
    'Fix or move the date of a training group; everybody in it is told.',
  ),
  usage: say(
    '培訓日期 〈培訓班〉 〈首日時間〉 至 〈尾日〉',
    'training date <intake> <first day and time> until <last day>',
  ),
  examples: ['培訓日期 T2612 7/12 9:30', '培訓改期 T2612 14/12 9:30 尾日 18/12', 'training date T2612 14/12 9:30am'],
  changes: '`training_notice` the first time, `training_changed` afterwards, to everybody of the group who waits.',
  permission: 'manage_intake',
  surface: 'any',
  takes: {
    intake: { kind: 'intake', title: say('培訓班', 'training group') },
    lastDay: {
      kind: 'date',
      title: say('尾日', 'last day'),
      optional: true,
      labels: ['尾日', '至', 'until'],
      labelled: true,
    },
    firstDay: { kind: 'moment', title: say('首日時間', 'first day and time') },
  },
  async action({ unit }, { intake, firstDay, lastDay }) {
    const set = await setIntakeDate(unit, {
      intakeId: intake._id,
      firstDayAt: firstDay,
      ...(lastDay ? { lastDayAt: momentAt(lastDay, TRAINING_ENDS) } : {}),
    });
    return {
      text: (lang) => {
        const when = staffDateTime(firstDay, lang);
        if (lang === 'en') {
          return `${intake.ref} ${set.before ? 'moved to' : 'is fixed for'} ${when}. ${set.told} people are told after the time to undo.`;
        }
        return `${intake.ref} ${set.before ? '已改為' : '已定於'} ${when}。${set.told}位等候中的應徵者會在可復原時間過後收到通知。`;
      },
      did: `${set.before ? '培訓改期' : '定培訓日期'} ${intake.ref}`,
    };
  },
  remedy: say(
    '通知已發出，請再改一次日期，系統會發更正通知。',
    'The notice is out: set the date once more and a correction is sent.',
  ),
});

const assignIntake = defineCommand({
  name: 'assign_intake',
  aliases: { hant: ['入班', '編班', '編入培訓班', '轉班'], en: ['into', 'assign intake', 'add to intake', 'put into'] },
  summary: say('把應徵者編入培訓班，或轉到另一班。', 'Put candidates into a training group, or move them to another.'),
  usage: say('入班 〈培訓班〉 〈應徵者〉…', 'into <intake> <candidate>…'),
  examples: ['入班 T2612 家欣', '入班 T2612 A1003 A1004', 'into T2612 Kelly'],
  changes:
    'Those of a group with a fixed date get `training_notice`, or `training_changed` when they had another date.',
  permission: 'manage_intake',
  surface: 'any',
  takes: {
    intake: { kind: 'intake', title: say('培訓班', 'training group') },
    who: {
      kind: 'application',
      title: say('應徵者', 'candidate'),
      many: true,
      stages: ['passed', 'offer_sent', 'offer_accepted'],
    },
  },
  async action({ unit }, { intake, who }) {
    await assignToIntake(unit, { intakeId: intake._id, applicationIds: who.map(({ application }) => application._id) });
    const names = who.map(({ candidate }) => candidate.name.display);
    const fixed = intake.firstDayAt;
    return {
      text: lines(
        say(`已編入 ${intake.ref}：${names.join('、')}。`, `Put into ${intake.ref}: ${names.join(', ')}.`),
        fixed
          ? (lang) =>
              lang === 'en'
                ? `They hear of ${staffDateTime(fixed, lang)} after the time to undo.`
                : `可復原時間過後會通知他們：${staffDateTime(fixed, lang)}。`
          : say('日期定下後會自動通知。', 'They are told as soon as the date is fixed.'),
      ),
      did: `入班 ${intake.ref} ${names.join('、')}`,
    };
  },
});

const listIntakes = defineCommand({
  name: 'list_intakes',
  aliases: { hant: ['培訓班', '有咩培訓班', '培訓班名單'], en: ['intakes', 'list intakes', 'trainings'] },
  summary: say('查看培訓班、日期和人數。', 'Show the training groups, their dates and how many are in them.'),
  usage: say('培訓班', 'intakes'),
  examples: ['培訓班', 'intakes'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'see_applications',
  surface: 'any',
  takes: {},
  async action({ unit }) {
    const intakes = await unit.list('intakes', { state: { $in: ['planned', 'fixed'] } }, { sort: { firstDayAt: 1 } });
    const rows: { intake: IntakeRecord; members: number; yes: number }[] = [];
    for (const intake of intakes) {
      const members = await unit.list('waitingPlans', { intakeId: intake._id, state: 'active' });
      const yes = members.filter((plan) => plan.trainingReply === 'attend').length;
      rows.push({ intake, members: members.length, yes });
    }
    if (rows.length === 0)
      return { text: say('暫時沒有培訓班。輸入「開培訓班」開班。', 'There is no training group. Type "open intake".') };
    return {
      text: (lang) =>
        rows
          .map(({ intake, members, yes }) => {
            const when = intake.firstDayAt
              ? staffDateTime(intake.firstDayAt, lang)
              : lang === 'en'
                ? 'date open'
                : '日期待定';
            return lang === 'en'
              ? `${intake.ref} ${when}, ${members} people, ${yes} confirmed`
              : `${intake.ref}　${when}　${members}人，${yes}人已確認`;
          })
          .join('\n'),
    };
  },
});

/** Training groups: open, fix or move the date, put people in. */
export const INTAKE_COMMANDS: readonly AnyCommand[] = [openIntakeCommand, intakeDate, assignIntake, listIntakes];
