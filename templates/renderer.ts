import { loadTemplates } from './load-templates.ts';
import type { TemplateId } from './template-ids.ts';
import { type RenderedMessage, type RenderRequest, writeMessage } from './write-message.ts';

/**
 * The door to the messages: what bot, jobs, portal and dispatch call. `load-templates.ts` reads and checks the files,
 * `write-message.ts` fills them, `preview.ts` writes them from samples, `docs.ts` makes the pages about them.
 */

export { NoForm, type SlotValues, type VariantFacts, VariantUndecided } from './choose-section.ts';
export { loadTemplates } from './load-templates.ts';
export { previewSample } from './preview.ts';
export { BadSlotValue, type SlotValue } from './slot-format.ts';
export {
  hasForm,
  MissingSlot,
  type RenderedButton,
  type RenderedMessage,
  type RenderRequest,
  slotsNeeded,
  templateOf,
} from './write-message.ts';

/**
 * Writes a message for a channel, ready to send: `render('shortlisted', { channel: 'portal', slots, now })`.
 * @throws MissingSlot naming everything that is missing, BadSlotValue for a value of the wrong type, NoForm when the
 * channel has no text of this message, VariantUndecided when a deciding fact is missing, BadTemplate when the files are
 * not fit to be used.
 */
export function render(id: TemplateId, request: RenderRequest): RenderedMessage {
  loadTemplates();
  return writeMessage(id, request);
}
