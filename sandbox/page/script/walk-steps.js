import { dayOfWeek, fieldText, laterDay } from './hong-kong-time.js';

export const HR = 'hr-carmen';
export const MANAGER = 'mgr-06';
const INTAKE = 'T2612';
const INTAKE_AT = new Date('2026-12-07T09:30:00+08:00');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Whose story it is. Somebody new each time, because the application never forgets anybody. */
export const HEROES = [
  { id: 'walk-1', name: '郭靖雯', phone: '61239901' },
  { id: 'walk-2', name: '蕭凱晴', phone: '61239902' },
  { id: 'walk-3', name: '莫穎嵐', phone: '61239903' },
  { id: 'walk-4', name: '湯綽琳', phone: '61239904' },
];

/** Whether there is still time for the whole way before the sample company's next intake. */
export function isInTime(now) {
  return now.getTime() < INTAKE_AT.getTime() - 8 * DAY_MS;
}

const spoken = (messages, from, pattern) => messages.findLast((one) => one.from === from && pattern.test(one.text));
const robotSaid = (messages, name, pattern) =>
  messages.some((one) => one.from === 'bot' && one.text.includes(name) && pattern.test(one.text));
const cardAbout = (messages, hero, pattern) =>
  messages.findLast(({ card }) => pattern.test(card?.values.title ?? '') && card.values.title.includes(hero.name))
    ?.card;
const decisionCard = ({ manager, hero }) => cardAbout(manager, hero, /^請決定/);
const callCard = ({ hr, hero }) => cardAbout(hr, hero, /^請致電/);
const textAfter = ({ texts }, moment) => moment !== undefined && texts.some(({ at }) => new Date(at) > moment);
const momentOf = (message) => message && new Date(message.at);
/** When HR was told that the manager hires. */
const hiredAt = ({ hr, hero }) =>
  momentOf(hr.find(({ from, text }) => from === 'bot' && text.includes(hero.name) && /決定.*：聘用/.test(text)));
const trainingNotice = ({ texts }) => texts.find(({ text }) => /入職培訓/.test(text));

/** 11:00 in two days, on Monday if that is a Sunday. */
function interviewDay(now) {
  const day = laterDay(now, 2, '11:00');
  return dayOfWeek(day) === 0 ? laterDay(now, 3, '11:00') : day;
}

function interviewText(now) {
  const [, month, day] = fieldText(interviewDay(now)).slice(0, 10).split('-').map(Number);
  return `${day}/${month} 11:00`;
}

/** The moment of the interview that was arranged, from what HR typed. */
function interviewEnd({ hr, hero, now }) {
  const typed = spoken(hr, HR, new RegExp(`^約 ${hero.name}`));
  return new Date(interviewDay(typed ? new Date(typed.at) : now).getTime() + 45 * MINUTE_MS);
}

const later = (ms) => () => ({ by: `PT${Math.round(ms / MINUTE_MS)}M` });
const until = (moment) => (world) => {
  const to = moment(world);
  return to > world.now ? { to: to.toISOString() } : { by: 'PT1M' };
};

/**
 * The steps. `says`: what a person types; `goes`: how the clock moves; `shows`: the card to look at. `done(world)` tells
 * from what can be seen on the phones whether it has happened.
 */
export const STEPS = [
  {
    title: '新增應徵者',
    text: '一張手寫字條：只有姓名和電話。讓李嘉敏告訴機械人。',
    phone: 'hr',
    says: ({ hero }) => ({ as: HR, text: `新增應徵者 ${hero.name} ${hero.phone} 樓面服務員` }),
    done: ({ hr, hero }) => robotSaid(hr, hero.name, /已新增/),
  },
  {
    title: '收到申請的短訊',
    text: '兩分鐘內可以復原，過後才發出。快進三分鐘。',
    phone: 'candidate',
    goes: later(3 * MINUTE_MS),
    done: ({ texts }) => texts.length > 0,
  },
  {
    title: '入圍',
    text: '履歷合適，把她列入短名單。',
    phone: 'hr',
    says: ({ hero }) => ({ as: HR, text: `入圍 ${hero.name}` }),
    done: ({ hr, hero }) => robotSaid(hr, hero.name, /已入圍/),
  },
  {
    title: '約面試',
    text: '定時間、地點和面試官。',
    phone: 'hr',
    says: ({ hero, now }) => ({ as: HR, text: `約 ${hero.name} ${interviewText(now)} 旺角店 面試官 我` }),
    done: ({ hr, hero }) => robotSaid(hr, hero.name, /已約/),
  },
  {
    title: '面試',
    text: '快進到面試之後，途中會發邀請和提示。完成後，經理收到一張卡。',
    phone: 'manager',
    goes: until(interviewEnd),
    done: (world) => decisionCard(world) !== undefined,
  },
  {
    title: '經理按「聘用」',
    text: '在旺角店經理謝詠詩的卡片上決定。',
    phone: 'manager',
    shows: decisionCard,
    done: (world) => /已決定：聘用/.test(decisionCard(world)?.values.status ?? ''),
  },
  {
    title: '歡迎訊息',
    text: '一小時後發出，不用人記住。',
    phone: 'candidate',
    goes: later(75 * MINUTE_MS),
    done: (world) => textAfter(world, hiredAt(world)),
  },
  {
    title: '編入培訓班',
    text: '下一班是12月7日。',
    phone: 'hr',
    says: ({ hero }) => ({ as: HR, text: `入班 ${INTAKE} ${hero.name}` }),
    done: ({ hr, hero }) => robotSaid(hr, hero.name, /已編入/),
  },
  {
    title: '培訓通知',
    text: '快進五分鐘，通知發到應徵者的電話。',
    phone: 'candidate',
    goes: later(5 * MINUTE_MS),
    done: (world) => trainingNotice(world) !== undefined,
  },
  {
    title: '打開專頁，確認出席',
    text: '按短訊內的連結；專頁會另開視窗，在那裏按「確認出席」，再回到這裏。',
    phone: 'candidate',
    shows: () => undefined,
    done: ({ opened, texts }) => texts.some(({ text }) => opened.some((url) => text.includes(url))),
  },
  {
    title: '一連幾天沒有回音',
    text: '快進五天：途中有入職貼士和問候。',
    phone: 'candidate',
    goes: (world) => until(() => laterDay(world.now, 5, '18:30'))(world),
    done: (world) => {
      const notice = momentOf(trainingNotice(world));
      return textAfter(world, notice && new Date(notice.getTime() + 4 * DAY_MS));
    },
  },
  {
    title: '要有人致電',
    text: '再快進：機械人請李嘉敏親自致電，卡上有電話、經過和可以問的話。',
    phone: 'hr',
    goes: until(({ now }) => laterDay(now, 2, '10:00')),
    done: (world) => callCard(world) !== undefined,
  },
  {
    title: '記錄通話',
    text: '在卡片上選「會上班」，再按「記錄結果」。',
    phone: 'hr',
    shows: callCard,
    done: (world) => /已完成/.test(callCard(world)?.values.status ?? ''),
  },
  {
    title: '第一天',
    text: '快進到12月7日早上，前一天會再提她一次。',
    phone: 'candidate',
    goes: until(() => new Date(INTAKE_AT.getTime() + 15 * MINUTE_MS)),
    done: ({ now, texts }) => now >= INTAKE_AT && texts.some(({ text }) => /明天.*上班/.test(text)),
  },
  {
    title: '她來了',
    text: '經理告訴機械人，等候期完結。',
    phone: 'manager',
    says: ({ hero }) => ({ as: MANAGER, text: `返咗工 ${hero.name}` }),
    done: ({ manager, hero }) => robotSaid(manager, hero.name, /已到職/),
  },
];
