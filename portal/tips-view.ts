import { wasTold } from '../recruiting/portal/told-facts.ts';
import { type PageButton, type PageQuestion, stageOnPage } from './candidate-page.ts';
import { pageButton } from './page-button.ts';

/** A preparation tip that the person may tick off. */
export interface TipView {
  text: string;
  state: 'done' | 'open';
  button: PageButton;
}

/** The employer's tips once they were sent (message 12 leads here); what was ticked last counts. */
export function tipsView(question: PageQuestion): TipView[] {
  const { facts, settings, once } = question;
  const stage = stageOnPage(question);
  const waits = stage === 'passed' || stage === 'offer_sent' || stage === 'offer_accepted';
  if (!waits || !facts.messages.some((item) => item.what === 'prep_tips_day3' && wasTold(item))) return [];
  return settings.tips.map((text, index) => {
    const last = facts.activities.find(
      (activity) => (activity.detail === 'tip_done' || activity.detail === 'tip_open') && activity.text === text,
    );
    const isDone = last?.detail === 'tip_done';
    const button = pageButton({ ...question, wanted: null }, isDone ? 'tip_open' : 'tip_done', 'quiet', {
      tip: text,
      once,
    });
    return { text, state: isDone ? 'done' : 'open', button: { ...button, anchor: `tip-${index}` } };
  });
}
