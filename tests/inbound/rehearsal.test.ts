import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { House } from '../story/house.ts';
import { HR } from '../story/play.ts';

interface Mail {
  seq: number;
  subject: string;
  headers: Record<string, string>;
}

/** Both halves as their users start them, with no setting for replies at all. */
describe('in a rehearsal replies arrive without any set-up', () => {
  const hero = { name: '郭靖雯', phone: '+85261239901', email: 'ching.man@mail.example' };
  let house: House;
  beforeAll(async () => {
    house = await House.open();
    await house.says(HR, `新增應徵者 ${hero.name} 61239901 ${hero.email} 樓面服務員`);
    await house.clock({ by: 'PT5M' });
  }, 60_000);
  afterAll(() => house?.close());

  const lastMail = async (): Promise<Mail> => {
    const mail = ((await house.mails(hero.email)) as unknown as Mail[]).at(-1);
    if (!mail) throw new Error('no mail has come');
    return mail;
  };
  const toldHr = async (): Promise<string> => (await house.sees(HR)).map(({ text }) => text).join('\n');

  test('by SMS', async () => {
    await house.post('/sms', { from: hero.phone, to: '#KAMFUNG', text: '想問返工時間' });
    await house.settle();
    expect(await toldHr()).toMatch(/以短訊留言[\s\S]*想問返工時間/);
  });

  test('by e-mail, also while the app is away: the mail server tries again where it is now', async () => {
    const mail = await lastMail();
    const answer = {
      from: hero.email,
      to: mail.headers['reply-to'],
      subject: `Re: ${mail.subject}`,
      answers: mail.seq,
    };
    await house.post('/mails', { ...answer, text: '我想轉做兼職，得唔得' });
    await house.settle();
    expect(await toldHr()).toMatch(/以電郵留言[\s\S]*我想轉做兼職/);

    const back = house.killApp();
    await house.post('/mails', { ...answer, text: '多謝你哋，但係唔使再send提示俾我喇' });
    await back;
    await house.settle();
    expect(await toldHr()).toMatch(/以電郵留言（要求停止接收訊息/);
    expect((await lastMail()).subject).toContain('已停止接收');
  });
});
