import { type House, linkIn } from './house.ts';

/** The person whose story it is: a phone number and nothing else. */
export const HERO = { name: '郭靖雯', phone: '+85261239901' };
export const HR = 'hr-carmen';
export const MANAGER = 'mgr-06';

/** One thing somebody does, with what must be true afterwards. Each can be done again after a kill without harm. */
export interface Scene {
  name: string;
  play(house: House): Promise<void>;
}

/** Presses a button on the candidate's page, as the phone's browser would: the form of the page, posted. */
export function pressOnPage(
  house: House,
  page: string,
  button: string,
  values: Record<string, string> = {},
): Promise<string> {
  return house.patiently(() => press(page, button, values));
}

async function press(page: string, button: string, values: Record<string, string>): Promise<string> {
  const html = await (await fetch(page)).text();
  const form = [...html.matchAll(/<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g)].find(([, , inside]) =>
    inside?.includes(`name="do" value="${button}"`),
  );
  if (!form?.[1]) throw new Error(`the page offers no ${button}`);
  const fields = [...(form[2] ?? '').matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value],
  );
  const response = await fetch(new URL(form[1], page), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(page).origin },
    body: new URLSearchParams({ ...Object.fromEntries(fields), ...values }),
    redirect: 'manual',
  });
  if (response.status !== 303) throw new Error(`${button}: ${response.status} ${await response.text()}`);
  return (await fetch(new URL(response.headers.get('location') ?? '', page))).text();
}

/** The candidate's page, from the newest SMS that has a link. */
export async function pageOf(house: House): Promise<string> {
  const texts = await house.sms(HERO.phone);
  const withLink = texts.filter((text) => /https?:/.test(text)).at(-1);
  if (!withLink) throw new Error(`no link was sent to ${HERO.phone}: ${texts.join(' | ')}`);
  return linkIn(withLink);
}

const say =
  (who: string, text: string, answer: RegExp): Scene['play'] =>
  async (house) => {
    const answers = await house.says(who, text);
    const said = answers.map((one) => one.text).join('\n');
    if (!answer.test(said)) throw new Error(`${who}: ${text} → ${said || '(nothing)'}`);
  };

/**
 * From "CV is here" to "first day at work": a candidate with a telephone number only. Monday 23 November to Monday 7
 * December 2026.
 */
export const STORY: readonly Scene[] = [
  { name: 'HR adds the candidate', play: say(HR, `新增應徵者 ${HERO.name} 61239901 樓面服務員`, /郭靖雯/) },
  { name: 'the receipt reaches the phone', play: async (house) => void (await house.clock({ by: 'PT3M' })) },
  {
    name: 'the statement about personal data is shown',
    play: async (house) => {
      const page = await pageOf(house);
      const html = await house.patiently(async () => (await fetch(page)).text());
      if (!html.includes('R101') && !html.includes('樓面服務員')) throw new Error('the page does not know the job');
    },
  },
  { name: 'HR shortlists', play: say(HR, `入圍 ${HERO.name}`, /已入圍/) },
  {
    name: 'HR arranges the interview',
    play: say(HR, `約 ${HERO.name} 25/11 11:00 旺角店 面試官 我`, /已約|已安排|面試/),
  },
  {
    name: 'the invitation leaves after the time to undo',
    play: async (house) => void (await house.clock({ by: 'PT5M' })),
  },
  {
    name: 'the candidate will come',
    play: async (house) => void (await pressOnPage(house, await pageOf(house), 'attend')),
  },
  {
    name: 'interview, and its end',
    play: async (house) => void (await house.clock({ to: '2026-11-25T11:45:00+08:00' })),
  },
  {
    name: 'the manager hires on the card',
    play: async (house) => {
      await house.patiently(async () => {
        const card = await house.card(MANAGER, new RegExp(HERO.name));
        if (!card.buttons.some(({ enabled }) => enabled)) return;
        const pressed = await house.press(MANAGER, card.outTrackId, 'hire');
        if (pressed.result !== 'ok') throw new Error(`the card said ${pressed.result}`);
      });
      await house.settle();
    },
  },
  {
    name: 'the welcome pack, one hour later',
    play: async (house) => void (await house.clock({ to: '2026-11-25T13:00:00+08:00' })),
  },
  { name: 'HR puts the candidate into the intake', play: say(HR, `入班 T2612 ${HERO.name}`, /已編入/) },
  { name: 'the training notice', play: async (house) => void (await house.clock({ by: 'PT5M' })) },
  {
    name: 'the candidate confirms the training',
    play: async (house) => void (await pressOnPage(house, await pageOf(house), 'attend_training')),
  },
  {
    name: 'silence: a friendly question after three days',
    play: async (house) => void (await house.clock({ to: '2026-11-29T12:00:00+08:00' })),
  },
  { name: 'an SMS after five', play: async (house) => void (await house.clock({ to: '2026-12-01T12:00:00+08:00' })) },
  { name: 'a human after seven', play: async (house) => void (await house.clock({ to: '2026-12-02T18:00:00+08:00' })) },
  {
    name: 'HR phones and records it',
    play: say(HR, `致電結果 ${HERO.name} 會上班 重點 會準時參加培訓 跟進 準備制服`, /已記錄致電/),
  },
  { name: 'the eve', play: async (house) => void (await house.clock({ to: '2026-12-06T17:30:00+08:00' })) },
  { name: 'day 1', play: async (house) => void (await house.clock({ to: '2026-12-07T09:45:00+08:00' })) },
  { name: 'arrived', play: say(MANAGER, `返咗工 ${HERO.name}`, /郭靖雯/) },
  { name: 'nothing is left over', play: async (house) => void (await house.clock({ by: 'PT10M' })) },
];
