import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { CardFace, ChatBody } from './effect.ts';

/** Buttons of the cards about messages. */
export const MESSAGE_BUTTONS = {
  show: 'show_text',
  forwarded: 'forwarded',
  delivered: 'delivered',
  again: 'send_again',
} as const;

/** The card that asks a person to settle what a machine cannot: pass a text on, or say whether it arrived. */
export function messageCardFace(concern: 'held' | 'uncertain', about: { who: string; title: string }): CardFace {
  const held = concern === 'held';
  return {
    shared: {
      title: held ? `請代為轉發：${about.title}` : `未能確定有否送達：${about.title}`,
      text: held
        ? `${about.who}沒有可用的電話或電郵。請按「顯示文字」複製，用您與對方慣用的方式轉發，再按「已轉發」。按下之前，這個訊息不算送達。`
        : `發給${about.who}時連線中斷，不肯定對方有否收到。請先核對，再按「已送達」或「再發一次」；系統不會自行重發。`,
      status: held ? '待轉發' : '待核對',
      buttons: JSON.stringify(
        held
          ? [
              { id: MESSAGE_BUTTONS.show, label: '顯示文字', enabled: true },
              { id: MESSAGE_BUTTONS.forwarded, label: '已轉發', style: 'primary', enabled: true },
            ]
          : [
              { id: MESSAGE_BUTTONS.delivered, label: '已送達', style: 'primary', enabled: true },
              { id: MESSAGE_BUTTONS.again, label: '再發一次', enabled: true },
            ],
      ),
    },
  };
}

/** A text to staff that may have been lost on its way: it is shown, so that nothing is missing whatever happened. */
export function staffTextFace(item: Pick<OutboxItemRecord, 'payload' | 'kind'>): CardFace {
  const body = item.payload.body as ChatBody | undefined;
  const text = body === undefined ? '' : body.format === 'text' ? body.content : body.text;
  return {
    shared: {
      title: '這個訊息可能未送到',
      text: `發送時連線中斷，不肯定${item.kind === 'group_message' ? '群組' : '您'}有否收到：\n\n${text}`,
      status: '待核對',
      buttons: JSON.stringify([
        { id: MESSAGE_BUTTONS.delivered, label: '知道了', style: 'primary', enabled: true },
        { id: MESSAGE_BUTTONS.again, label: '再發一次', enabled: true },
      ]),
    },
  };
}

/** The card after it was settled. */
export function settledCardFace(status: string): CardFace {
  return { shared: { status, buttons: '[]' } };
}
