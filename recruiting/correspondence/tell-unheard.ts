import { tellResponsible } from '../portal/responsible-person.ts';
import type { Unit } from '../unit/unit.ts';
import { concernedApplication } from './concerned-application.ts';

/** Words that could not be worked off. */
export interface UnheardWords {
  candidateIds: readonly string[];
  channel: 'email' | 'sms';
  text: string;
  eventId: string;
}

/** Words that the robot could not work off reach the responsible person all the same, with the reference of the fault. */
export async function tellUnheard(unit: Unit, words: UnheardWords, reference: string): Promise<void> {
  for (const candidateId of words.candidateIds) {
    const candidate = await unit.get('candidates', candidateId);
    if (!candidate) continue;
    await tellResponsible(unit, {
      application: await concernedApplication(unit, { candidateId }),
      candidate,
      what: 'unheard_words',
      occasion: words.eventId,
      happened: `${words.channel === 'email' ? '以電郵' : '以短訊'}回覆，系統未能處理（參考編號${reference}），請親自跟進：`,
      words: words.text,
      urgent: true,
    });
  }
}
