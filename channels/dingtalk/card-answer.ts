import type { CardFace } from '../channel.ts';

/** The answer to a card callback (DingTalk: "Event callback of a card"): what the card shows from now on. */
export interface CardAnswer {
  cardUpdateOptions?: { updateCardDataByKey: boolean; updatePrivateDataByKey: boolean };
  cardData?: { cardParamMap: Record<string, string> };
  userPrivateData?: { cardParamMap: Record<string, string> };
}

/**
 * Encodes a face as the answer to the person who pressed. Only that person's values can travel in an answer; those of
 * others need an update of the card.
 */
export function cardAnswer(face: CardFace | undefined, staffId: string): CardAnswer {
  if (!face) return {};
  const personal = face.personal?.[staffId];
  const answer: CardAnswer = {
    // Without these the platform throws away every value that is not named.
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    cardData: { cardParamMap: face.shared },
  };
  if (personal) answer.userPrivateData = { cardParamMap: personal };
  return answer;
}
