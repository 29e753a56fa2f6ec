import { messageTitle } from '../../recruiting/message/compose-message.ts';
import { type MessagePreview, previewMessage } from '../../recruiting/message/preview-message.ts';
import { TEMPLATE_IDS } from '../../templates/template-ids.ts';
import { type Choice, defineCommand } from '../command.ts';
import { inLanguage, say } from '../replies/said.ts';

const MESSAGES: readonly Choice[] = TEMPLATE_IDS.map((id) => ({
  id,
  title: say(messageTitle(id), id.replaceAll('_', ' ')),
  aliases: [id],
}));

/** A message exactly as the candidate would get it now. */
export const preview = defineCommand({
  name: 'preview',
  aliases: { hant: ['預覽', '睇訊息', '試睇'], en: ['preview', 'show message'] },
  summary: say(
    '預覽應徵者會收到的訊息（不會發出）。',
    'Show a message exactly as the candidate would get it; nothing is sent.',
  ),
  usage: say('預覽 〈訊息名稱〉 〈應徵者〉', 'preview <message> <candidate>'),
  examples: ['預覽 面試邀請 陳家欣', 'preview shortlisted A1003'],
  changes: 'Nothing; links are shown as {link} and none is made.',
  readsOnly: true,
  permission: 'see_applications',
  surface: 'any',
  takes: {
    template: {
      kind: 'choice',
      title: say('訊息', 'message'),
      choices: MESSAGES,
      question: say('請問預覽哪則訊息？例如「面試邀請」。', 'Which message? For example "shortlisted".'),
    },
    application: { kind: 'application', title: say('應徵者', 'candidate') },
  },
  async prepare({ office, reader }, { template, application }): Promise<MessagePreview> {
    const { application: one, candidate } = application;
    const [interview] = await reader.list(
      'interviews',
      { applicationId: one._id },
      { sort: { createdAt: -1 }, limit: 1 },
    );
    return previewMessage(office, {
      template,
      candidateId: candidate._id,
      applicationId: one._id,
      ...(interview ? { interviewId: interview._id } : {}),
    });
  },
  async action(_context, { template, application }, shown) {
    const { candidate } = application;
    return {
      text: (lang) => {
        const title = messageTitle(template);
        const rows = [
          inLanguage(
            say(
              `「${title}」發給${candidate.name.display}會是：`,
              `"${template}" to ${candidate.name.display} would read:`,
            ),
            lang,
          ),
          ...(shown.text ? [shown.text] : []),
          ...(shown.sms
            ? [
                inLanguage(
                  say(
                    `短訊（${shown.smsSegments ?? 1}段，約HK$${(shown.smsCostHkd ?? 0).toFixed(2)}）：${shown.sms}`,
                    `SMS (${shown.smsSegments ?? 1} segment(s), about HK$${(shown.smsCostHkd ?? 0).toFixed(2)}): ${shown.sms}`,
                  ),
                  lang,
                ),
              ]
            : []),
          ...(shown.missing.length > 0
            ? [
                inLanguage(
                  say(
                    `現時未能發出，以上有例子代替，還欠：${shown.missing.join('、')}。`,
                    `It could not be sent yet (examples are shown instead); missing: ${shown.missing.join(', ')}.`,
                  ),
                  lang,
                ),
              ]
            : []),
        ];
        return rows.join('\n');
      },
    };
  },
});
