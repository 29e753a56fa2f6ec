/**
 * How mail programmes in use in Hong Kong mark what the writer did not write: the one place where these words live. Lines
 * come with full-width colons and spaces made plain and are trimmed.
 */

/** `-----Original Message-----`, 「------------------ 原始邮件 ------------------」. Everything below is the earlier mail. */
export const SEPARATOR =
  /^[-—–_*=\s]{2,}(?:original (?:message|appointment)|forwarded message|begin forwarded message|原始郵件|原始邮件|原郵件|原邮件|轉寄郵件|轉寄的郵件|转发邮件|轉發郵件|回覆郵件|回复的原邮件|轉寄訊息|原始訊息)\s*[-—–_*=\s:]{2,}$/i;

/** Outlook's ruler: 20 underscores or hyphens and nothing else. */
export const RULER = /^[_-]{20,}$/;

/** The first line of a block that repeats an earlier mail's head. */
export const HEAD_FROM = /^\*{0,2}(?:from|寄件者|寄件人|發件人|发件人|發信人|寄信人|發送人)\s*:\*{0,2}\s*\S/i;

/** Its further lines. */
export const HEAD_MORE =
  /^\*{0,2}(?:sent|date|to|cc|subject|reply-to|寄件日期|傳送時間|發送時間|发送时间|傳送日期|寄送時間|日期|時間|时间|收件者|收件人|副本|抄送|主旨|主題|主题|標題)\s*:/i;

/** The end of a line that introduces a quotation: "… wrote:", 「… 寫道：」. Such a line also names a day or an address. */
export const ATTRIBUTION_END = /(?:wrote|writes|寫道|写道|寫到|写到|說道|説道|提到|撰寫|來信)\s*:?$/i;
export const NAMES_WHEN_OR_WHO = /@|\d{1,4}\s*[年/.-]\s*\d{1,2}|\d{1,2}:\d{2}|\b(?:19|20)\d{2}\b/;

/** Some programmes introduce it by a day and an address only: 「2026年11月23日(一) 10:05 HR <hr@example.com>:」. */
export const BARE_ATTRIBUTION = /^[^:]{0,40}\d.*<[^<>\s]+@[^<>\s]+>\s*:$/;

/** Lines that a phone or a mail programme adds below. */
export const DEVICE_LINE =
  /^(?:(?:sent|enviado) (?:from|with|via|using) (?:my |the )?[\w .+()'’-]{2,40}|get outlook for [\w ]{2,20}|(?:從|由|自|透過|通過|来自|來自)\s*(?:我的|您的)?\s*[\w .()+-]{2,30}\s*(?:傳送|發送|发送|寄出|送出)|(?:傳送|发|發|發送|发送|寄)自\s*(?:我的|您的)?\s*[\w .()+-]{2,30}|(?:取得|下載|下载)\s*(?:ios|android)?\s*版?\s*outlook.{0,24}|(?:以|用)\s*[\w .]{2,20}\s*(?:寄出|發送|傳送))(?:\s*<?https?:\S*>?)?[.。]?$/i;

/** The line that mail programmes put before a signature (RFC 3676). */
export const SIGNATURE_MARK = /^--$/;

/** Words that close a letter, alone in their line. */
export const CLOSING =
  /^(?:(?:with )?(?:best|kind|warm|many)(?: (?:regards|wishes|thanks))?|regards|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|cheers|br|rgds|祝好|此致|敬上|順頌商祺|順祝商祺|祝工作愉快|敬祝安康)[,.!，。！]?$/i;

/** What stands below a closing: a name, a telephone number, an address; no sentence. */
export const SIGNATURE_LINE =
  /^(?:(?:tel|mobile|phone|m|t|e-?mail|電話|手機|電郵|地址)\.?:?\s*)?(?:\+?[\d ()-]{8,20}|\S+@\S+\.\S+|https?:\S+|[\p{Script=Han}]{2,4}(?:敬上|謹啟|上)?|[A-Z][\p{L}.'-]*(?: [A-Z][\p{L}.'-]*){0,4}(?: ?[（(][\p{L} ]{1,20}[)）])?)$/u;

/** Words that make a short line more than a name. */
export const SAYS_SOMETHING =
  /[唔不停退改取消請想要可會得無冇好收搵揾找打]|\b(?:stop|unsub\w*|please|pls|not?|yes|yup|yeah|ok(?:ay)?|cancel|late|remove|end|quit|td|thanks?|thx|sorry|ps|help|call|sure|confirm\w*|noted|got)\b/i;

/** The first line of a company's standing notice about secrecy, and words it must also hold. */
export const NOTICE_START =
  /^(?:this (?:e-?mail|message|communication)\b|the information (?:contained )?in this\b|confidential(?:ity)?\b|disclaimer\b|重要(?:提示|聲明)|免責聲明|保密聲明|本(?:電郵|電子郵件|郵件|邮件|訊息)|此(?:電郵|電子郵件|郵件))/i;
export const NOTICE_WORDS =
  /intended (?:recipient|solely|only)|privileged|confidential|機密|保密|指定收件人|收件人以外/i;
