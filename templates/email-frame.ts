import { anchor, escapeHtml } from './filled-text.ts';

/** What an e-mail is made of; all texts plain. */
export interface EmailParts {
  subject: string;
  brand: string;
  /** The message as HTML paragraphs, already escaped. */
  bodyHtml: string;
  bodyText: string;
  buttons: readonly { label: string; url: string }[];
  footer: string;
}

const FONT = "'PingFang HK','Microsoft JhengHei','Noto Sans TC',sans-serif";
const PARAGRAPH = 'margin:0 0 12px;font-size:16px;line-height:1.7;color:#1f2933';
const BUTTON =
  'display:inline-block;padding:10px 22px;border-radius:6px;background:#0b6e4f;color:#ffffff;font-size:16px;text-decoration:none';

/** The plain part: the text, each button on a line with its link, the foot. */
export function emailText({ bodyText, buttons, footer }: EmailParts): string {
  const lines = buttons.map(({ label, url }) => `${label}：${url}`);
  return [bodyText, ...(lines.length > 0 ? [lines.join('\n')] : []), footer].join('\n\n');
}

/** The HTML part: one narrow column, inline styles only, nothing fetched from anywhere. */
export function emailHtml({ subject, brand, bodyHtml, buttons, footer }: EmailParts): string {
  const pressable = buttons
    .map(({ label, url }) => `<p style="margin:0 0 10px">${anchor(url, label, BUTTON)}</p>`)
    .join('\n');
  const foot = footer
    .split('\n')
    .map((line) => `<p style="margin:0;font-size:13px;line-height:1.7;color:#52606d">${escapeHtml(line)}</p>`)
    .join('\n');
  return `<!doctype html>
<html lang="zh-Hant-HK">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f4f1ea;font-family:${FONT}">
<div style="max-width:560px;margin:0 auto;background:#ffffff;border-radius:10px;overflow:hidden">
<div style="padding:16px 24px;background:#0b6e4f;color:#ffffff;font-size:17px;font-weight:bold">${escapeHtml(brand)}</div>
<div style="padding:24px 24px 12px">
${bodyHtml.replaceAll('<p>', `<p style="${PARAGRAPH}">`)}
${pressable}
</div>
<div style="padding:16px 24px 20px;border-top:1px solid #e4e7eb">
${foot}
</div>
</div>
</body>
</html>
`;
}
