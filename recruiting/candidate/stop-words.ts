import { toTraditional } from '../../hongkong/chinese-text.ts';
import { HKID_REDACTED } from '../../hongkong/hkid.ts';

/**
 * STOP in whatever words a candidate uses: the one place where these words live. A stop wins over everything else in the
 * text, also hidden in a friendly one; a sentence that merely contains the word (「我停咗之前份工」, "non-stop") or says the
 * opposite (「唔係想退訂」) is none.
 */

/** What a person wants to stop: stories and news; whatever nobody needs for a date; or every message. */
export type StopScope = 'news' | 'nudges' | 'all';

/** Complete texts that mean stop (after folding; marks, emoji and polite words are left out before comparing). */
const WHOLE_TEXTS = new Set(
  [
    '停止 停 停收 停發 退訂 退定 取消訂閱 取消接收 不再接收 不收 停止接收 停止發送 全部停止 stop stopall stop all end quit cancel unsub',
    'unsubscribe unsubscribed optout opt-out remove td 唔收 唔好再send 唔好send 唔使send 停止服務 拒收 勿擾 請勿打擾 停啦 停咗佢 取消通知 退群 stopp stoop sotp stpo stp stahp stap cease 除名 解除通知 移出群 移出group t unsubcribe',
  ]
    .join(' ')
    .split(' '),
)
  .add('stop all')
  .add('tui ding')
  .add('no spam')
  .add('don t text')
  .add('dont text')
  .add('do not text')
  .add('no further texts')
  .add('not to contact again')
  .add('opt out')
  .add('remove me')
  .add('no more')
  .add('s t o p')
  .add('discontinue')
  .add('no more messages')
  .add('stop it')
  .add('stop this')
  .add('just stop')
  .add('stop that')
  .add('stop everything')
  .add('i said stop')
  .add('i want to stop')
  .add('i want stop');

/** Words around a stop that change nothing. */
const POLITE =
  /\b(?:please|pls|plz|thanks|thank you|thx|ty|ok|okay|hi|hello|sorry|now|lar?|ar)\b|唔該晒?|麻煩|謝謝|多謝|請|你好|您好|hello|晒|啦|喇|呀|啊|吖|喎|㗎|囉|了|吧|謝/g;

/** Places where the word does not mean what it says; taken out before looking. */
const INNOCENT: readonly RegExp[] = [
  /\bnon[\s-]?stop\b|\bnonstop\b|\bone[\s-]?stop\b|\b(?:bus|tram|mtr|minibus|train|first|last|next|\d+) stops?\b|\bstop(?:ped|s)?\s+(?:by|at|over|work\w*|stud\w*|smoking|here|there)\b|\bstopped\b|\bfull stop\b/g,
  /停(?:咗|左|了|止咗|止左|止了)?(?:我|咗|左|了|之前|以前|上一?|舊|嗰|果|前|個|份|間|緊)*(?:份工|工作|返工|做|學|讀書|課|職|薪|車|牌|電|水|刊|火|更|產|業|擺|食|藥|煙)/g,
  /不停|唔停|停車|停泊|停車場|停牌|停電|停工|停業|停學|停課|停職|停薪|停留|停頓|站停|巴士停/g,
  /(?:點解|為何|為什麼)[^，。,.!！?？; ]{0,24}(?:停|stop\w*)|\bwhy[^，。,.!！?？;]{0,24}(?:停|stop\w*)|停(?:咗|左)(?=[?？]|嗎|未)/g,
  // The opposite: "I do not want to unsubscribe", 「唔係想退訂」, 「唔使停」, "don't stop".
  /(?:唔係|唔想|冇話|冇諗住|唔打算|無意|不是|並非|不想|沒有要|沒說要|不打算|唔會|不會|未想)[^，。,.!！?？;；]{0,6}?(?:退訂|停止|停收|取消訂閱|停|unsubscribe|unsub|stop|td|opt[\s-]?out)/g,
  /(?:唔使|唔好|唔需要|不用|不要|毋須|無須|請勿|咪)(?:幫我|停|停止|退訂)(?=發|送|收|接|寄|訊|[，。,.!！?？]|$)/g,
  /\b(?:(?:do|does|did|would|will) ?(?:n['’]?t|not)|don['’]?t|didn['’]?t|never|not|no need to|can(?:'|’)?t)\b[^,.!?;]{0,22}\b(?:unsubscribe|unsub|stop|opt[\s-]?out)\b(?!\s*(?:sending|texting|messaging|contacting|calling))/g,
];

/** 我 as the person themselves, not 我前僱主 or 我太太. */
const ME = '(?:我|本人|小弟|me)(?!嘅|的|前|之前|以前|舊|上司|老闆|阿|媽|爸|老|太|家|屋企|僱主|公司|同事|朋友|個|哋)';
/** A wish that something no longer happens. */
const NO_MORE = '(?:唔|不|勿|毋|無|冇|咪|別|甭)(?:使|用|要|好|必|須|想|需要)?';
const SENT =
  '(?:訊息|信息|短訊|簡訊|sms|message|msg|whatsapp|電郵|email|通知|提示|提醒|消息|故事|廣告|宣傳|嘢|promotion|news)';
const SEND = '(?:發送|發|送|傳送|傳|寄|推送|推|send|收到|收|接收|通知|提示|提醒|message|msg|sms|whatsapp|text)';

/** 「唔使再寄cv？」 asks about the person's own papers. */
const NOT_MY_PAPERS =
  '(?!\\s*(?:cv|resume|文件|資料|證|相|表|form|履歷|docs?\\b|documents?|copy|copies|副本|正本|地址|地點|位置|link|連結|時間|你|(?:俾|畀|比|給)你))';

/** Verbs of reaching somebody, and what reaches them. */
const REACH =
  '(?:打電話|打(?:嚟|來|俾|畀|比|給)|致電|聯絡|聯繫|聯系|傳訊|發訊|發短信|傳送|發送|通知|提醒|whatsapp|send|text|call|contact|message|msg|sms|email|寄|傳|發|推送|入我|彈|轟炸|煩|打擾|騷擾|嘈|話我知|話俾我知|提我|提番我|理我|搵我|找我)';
const NO_NEED = '(?:唔使|唔好|唔需要|唔想|唔要|冇需要|不要|不用|不必|不需要|無需|無須|毋須|請勿|切勿|勿|咪|別|甭)';
/** What arrives without being asked for. */
const SENDINGS =
  '(?:訊息|信息|短訊|短信|簡訊|sms|messages?|msgs?|whatsapp|電郵|emails?|通知|提示|提醒|消息|故事|故仔|廣告|宣傳|推廣|優惠|分享|newsletter|reminders?|notifications?|news|stories|推送|公司資訊|新聞|資訊)';
/** Getting off a list, a number off a system. */
const OFF =
  '(?:(?:剔|cut|移|刪|踢|除|抹|del|delete|remove|take|抽|劃|清|剷|鏟|擦)(?:走|咗|左|除|去|出|名|掉|開|甩|返|埋)?|(?:攞|拎)(?:走|出|甩|開|返?落))';
const LISTED = '(?:名單|list|(?<!身份證)號碼|電話號碼|number|電話(?!面試)|聯絡人|通訊錄|contact)';
const NOT_OFF =
  /\b(?:old|wrong|previous) (?:phone |mobile )?number\b|\b(?:use|add|update|change)\b[^,.!?;]{0,12}\bnew\b|新號碼|新電話|舊號碼|舊電話|\b(?:off|from) the (?:interview|short|waiting)\w* list|asked me to unsub|(?:唔好|千祈|不要|別|咪|唔想|不想|唔使|不用|don['’]?t|do not|never|not)[^，。,.!！?？;]{0,10}(?:剔|cut|攞|移|刪|踢|除|remove|delete|take|drop|erase)/;

/** Stops inside longer texts. */
const IN_TEXT: readonly RegExp[] = [
  new RegExp(
    `${NO_NEED}(?:再|俾我|畀我)?(?:打嚟|打來|打電話(?:嚟|來|俾我|畀我|給我|過嚟|過來|$|了|啦|喇)|傳訊|發訊|發短信|whatsapp我|煩住我|嘈住我|入我 ?inbox|轟炸)`,
  ),
  new RegExp(`(?:以後|之後|今後|日後|將來|往後|其他|任何|無論)[^，。,.!！?？]{0,12}${NO_NEED}(?:再)?${REACH}`),
  new RegExp(`${NO_NEED}再(?:入|彈|傳|推|轟|嘈|出現|有)[^，。,.!！?？]{0,6}(?:inbox|信箱|電話|手機|訊息|我|嚟|來|$)`),
  new RegExp(
    `${SENDINGS}[^，。,.!！?？]{0,6}(?:免啦|免了|免喇|慳返|慳啦|慳番|省啦|省了|可以停|停咗|停啦|停喇|停得|熄咗|關咗|cut咗|唔使俾我|唔使畀我|不用給我|唔好俾我|唔好畀我|就唔使|就唔好|就不必|就免|都免)`,
  ),
  new RegExp(`(?:停|熄|關|閂|cut|取消)(?:咗|左|掉|晒|返)?(?:所有|啲|呢啲|嗰啲|這些|那些|你哋|你們|嘅|的)*${SENDINGS}`),
  new RegExp(
    `${OFF}[^，。,.!！?？]{0,10}${LISTED}|${LISTED}[^，。,.!！?？]{0,6}(?:${OFF}|除名)|從名單|除我名|幫我除名`,
  ),
  new RegExp(`${NO_MORE}(?:再)?收(?:到)?(?:你哋|你們|貴公司|呢啲|這些|啲|任何|你)?(?:嘅|的)?${SENDINGS}`),
  /淨係(?:send|發|傳|收)[^，。,.!！?？]{0,10}(?:就夠|就得|嘅嘢|嘢|嘅)|(?:only|just) (?:send|text|message) (?:me )?(?:about|for|if|when|work|job|interview)/,
  new RegExp(
    `(?:無謂|冇謂|冇必要|沒必要|沒有必要|無必要|用唔住|唔再需要|不再需要|唔再想|不再想|費事)(?:再)?[^，。,.!！?？]{0,6}(?:${REACH}|${SENDINGS})`,
  ),
  new RegExp(
    `${SENDINGS}[^，。,.!！?？]{0,12}(?:唔使|唔好|不用|不要)(?:再)?(?:send|發|傳|寄|推)(?:[，。,.!！?？ ]|$|俾|畀|給|嚟|來|啦|喇|了)`,
  ),
  /停手啦|停手吧|請停(?:止)?$|(?:煩|嘈|多)[^。]{0,6}請停/,
  /\bstop (?:the|all|all the|your|updating|sending|these|those)\b[^,.!?;]{0,12}(?:ads?|updates?|updating|me|news\w*|stories|reminders?|promo\w*|broadcasts?|emails?)\b|\bstop updating\b|\bstop na\b|(?:wag|hwag|huwag)(?: na)?(?: po)?(?: kayo)?(?: mag)? ?(?:text|send|message|magtext|magsend|tawag)\w*/,
  /放過我|由得我|畀返個清靜|還我清靜|give me a break from|leave my inbox/,
  /\buns[a-z]{0,4}[su]b[a-z]{0,3}cr?ib\w*|\bunsub\w*/,
  /\b(?:cease|quit|discontinue|halt|disable|turn(?:ing)? off|switch(?:ing)? off|shut off|mute|cut out|drop|end|cancel|suspend)\b[^,.!?;]{0,16}\b(?:send(?:ing)?|messages?|msgs?|messaging|texts?|texting|newsletters?|news|stories|notifications?|reminders?|updates?|e-?mails?|e-?mailing|contacting|contact|sms|alerts?|subscription|mailing|mails?|spam|broadcasts?)\b/,
  /\b(?:do not|don['’]?t|dont|no longer|not|never)\b[^,.!?;]{0,12}\b(?:want|wish|need|care|like|interested)\b[^,.!?;]{0,10}\b(?:receiv\w+|get(?:ting)?|hear(?:ing)?|be(?:ing)? contacted|see(?:ing)?)\b[^,.!?;]{0,24}\b(?:messages?|texts?|sms|e-?mails?|news\w*|stories|updates?|reminders?|from you|this|these|anymore|any more|notifications?|promo\w*)\b/,
  /\b(?:do not|don['’]?t|dont|please never|never|no need to)\b[^,.!?;]{0,8}\b(?:send|text|message|msg|e-?mail|sms|forward)\b[^,.!?;]{0,10}\b(?:anymore|any more|again|any|these|this|those|stories|news\w*|updates?|messages?|reminders?|promo\w*|stuff|things?|anything|so many)\b/,
  /\b(?:lose|forget|block|erase) (?:my|this|the) (?:number|contact)\b|\b(?:delete|remove) (?:this|the|my) (?:number|contact)\b|\bi (?:will|am going to) block\b/,
  /\bturn (?:them|it|these|this|those) off\b|\benough (?:messages?|texts?|sms|e-?mails?|spam)\b|\btake (?:me|us|(?:my|this|the) (?:name|number|num|no\.?|contact))[^,!?;]{0,8}\b(?:off|out)\b(?! of (?:consideration|the (?:running|process|list of candidates)|this process))|\b(?:off|from|out of) (?:your|this|the|that|ur) (?:mailing |contact |calling |phone |sms )?(?:list|(?<!\b(?:cv|resume|data|records?|details|information|profile|files?|documents?)\b[^,.!?;]{0,16})database)\b/,
  /\bno more\b[^,.!?;]{0,18}\b(?:messages?|texts?|sms|calls?|e-?mails?|reminders?|news\w*|stor(?:y|ies)|spam|promo\w*|updates?|marketing|ads?|adverts?|notifications?)\b/,
  /退出(?:呢個|這個|此)?(?:服務|名單|群|訂閱|通訊)|停止推|(?:淨係|只|只要|只留|淨留|淨)(?:留|要|收|留返)[^，。,.!！?？]{0,8}(?:通知|訊息|信息)|退訂|取消訂閱|取消接收|拒收|停止(?:再)?(?:向我)?(?:接收|發送|發|收|傳|寄|聯絡|聯繫|騷擾|搵|找|所有|一切|通知|提示|訊息|短訊|send|sms)/,
  new RegExp(`停(?:咗|左)?(?:收|發|寄|send)(?:所有|啲|你哋)*${SENT}`),
  new RegExp(
    `${NO_MORE}再(?:打電話|打|致電|聯絡|聯繫|聯系|搵|找|煩|打擾|騷擾|call|contact|text|whatsapp|sms|msg|message)(?:俾|畀|比|給)?(?:${ME}|我哋|[ ，。,.!！?？]|$|喇|啦|了)`,
  ),
  new RegExp(`${NO_MORE}再(?:給我|俾我|畀我|比我|向我)?${SEND}${NOT_MY_PAPERS}`),
  /(?:別|不要|唔好|唔使|不用)(?:給我|俾我|畀我)?(?:發|send|傳|寄)(?:了|啦|喇|嚟|來)(?:[，。,.!！?？]|$|謝|唔該)/,
  new RegExp(`${NO_MORE}再(?:聽到|見到|收到|聽|見)(?:你哋|你們|貴公司|呢啲|這些)`),
  new RegExp(`${NO_MORE}(?:收到?|接收|睇)(?:你哋|貴公司|咁多|任何|啲|呢啲|這些|這類|此類)+(?:嘅|的)?${SENT}`),
  new RegExp(
    `${SENT}[^，。,.!！?？]{0,4}${NO_MORE}(?:再)?(?:${SEND})(?:俾|畀|比|給|嚟|來|我|喇|啦|了|[，。,.!！?？]|$)`,
  ),
  /\bunsub(?:scribe)?\b|\bopt(?:ing)?[\s-]?(?:me )?out\b|\btake me off\b|\bleave me alone\b/,
  /\b(?:remove|delete|erase|drop)\b[^,.!?;]{0,12}\b(?:me|my (?:phone |mobile |tel(?:ephone)? )?(?:number|no\.?|contact\w*|e-?mail|name))\b(?! ?(?:application|interview|a (?:pin|line|message)|off\b|here|at\b|from (?:this|the) (?:round|process)|from consideration))/,
  /\bstop\b[^,.!?;]{0,8}\b(?:sending|texting|messaging|contacting|calling|e-?mailing|bothering|spamming|reminding|messages?|texts?|sms|e-?mails?|reminders?|notifications?|contact|these|this|them)\b/,
  /\b(?:do not|don['’]?t|dont|never|no need to|please not)\b[^,.!?;]{0,10}\b(?:contact|text|message|msg|call|e-?mail|sms|whatsapp|disturb|bother)(?:ing)? me\b(?!\s*(?:before|after|until|till|on|at|during|between|when|while|today|tomorrow|tonight|in the|\d))/,
  /\bno more\b[^,.!?;]{0,12}\b(?:messages?|msgs?|texts?|sms|calls?|e-?mails?|reminders?|news|stories|spam)\b/,
  /(?:唔欲|不欲|不願|拒絕|謝絕|退出|解除|停止|暫停|終止|中止|唔再想|不再想|免再?|(?<!點解|為何)唔再|(?<!為什麼)不再)(?:再)?(?:接收|收(?!到)|發送|發訊|發短|傳送|推送|推廣|宣傳|訂閱|來訊|騷擾|打擾|廣告)/,
  /(?:日後|以後|今後|往後)(?:就|都|請|嘅|的)*(?:消息|訊息|信息|通知|短訊)?(?:就|都)?(?:免問|免|不必|唔使|唔好|不用|請勿|勿|別|甭|不麻煩|唔麻煩|不勞)(?:再)?(?:問|來訊|嚟訊|聯絡|聯繫|搵(?!工)|找我|打|call|whatsapp|send|發|通知|提|你哋|你們|您)/,
  /(?:del|delete|刪|抹|移除|剔(?:出|走)?|踢(?:走|出)?|攞走|拎走|除去|除名)[^，。,.!！?？]{0,12}(?:(?:個|條)?(?:no|num|number|電話|聯絡|contact)|名單|list|群組|group|broadcast)/,
  /(?:電話|(?<!身份證)號碼|number|聯絡|contact|由|喺|從)[^，。,.!！?？]{0,14}(?:名單|list|群組|group|system|系統|broadcast|度)[^，。,.!！?？]{0,6}(?:攞走|拎走|刪|踢|剔|移除|del)/,
  /block咗(?:佢|你)|我(?:會|要)?block/,
  /(?:唔想|不想|費事)(?:再)?(?:俾|被|畀|受|比)[^，。,.!！?？]{0,6}(?:打擾|騷擾|煩|嘈)|(?:留|俾|還)返?(?:我)?個?清靜(?:俾|畀|給)?|手下留情/,
  /(?:機械人|機器人|系統|robot|bot)[^，。,.!！?？]{0,10}(?:熄|閂|關掉|關咗|停咗)/,
  /(?:唔好|唔使|不要|不用|請勿)(?:再)?(?:自動|成日|日日)?(?:send|發|傳|寄|推)[^，。,.!！?？]{0,4}(?:廣告|推廣|片|優惠|故仔|newsletter|(?:嚟|來)(?:喇|啦|了)?(?:$|[ ，。,.!！]))/,
  /\bstop (?:send|text|msg|message|call|sms)\b|^stop (?:it|this|that|now|already|na)\b|\bspam\b[^.?]{0,12}\bstop\b/,
  /\bno need (?:to |for )?(?:write|text|texting|message|msg|send|contact|call|update|remind|email)(?:ing)?(?: to)?(?: me| us)?(?: ?(?:any ?more|again|already|ok\b|okay|now|la\b|po\b)| *$)/,
  /\b(?:news\w*|stor(?:y|ies)|promos?|ads?|reminders?|newsletters?|updates?)\b(?: things?| stuff| ones?| messages?)? (?:no need|dont need|don['’]?t need|not need|no want)(?: to)?(?: send| me|$| thanks| already| la| po)/,
];

/** Things that are sent to many, and that nobody asked for. */
const NOT_ASKED_FOR =
  '(?:花絮|群發|節日問候|廣告|推廣|優惠|活動|newsletter|故仔|故事|分享|宣傳|reminder|提示|公司消息|系統訊息|啲訊息|啲信息|啲片|啲短訊)';
/** 優惠唔使通知我, newsletter停, 花絮慳返: what is sent, then that it need not be. */
const FURTHER: readonly RegExp[] = [
  /\b(?:cease|mute|cut|skip|spare|block|switch off|strike|silence)\b[^.!?;]{0,22}\b(?:communications?|messages?|msgs?|texts?|stories|news\w*|updates?|marketing|promo\w*|alerts?|broadcasts?|ads?|emails?|mailing)\b/,
  /\b(?:news\w*|stor(?:y|ies)|promos?|marketing|ads?|broadcasts?|bulletins?|company updates?)\b[^.!?;]{0,16}\b(?:no thanks|no$|you can skip|should stop|can stop|not needed|stop now)\b|\b(?:news\w*|promos?|marketing) no\b/,
  /\b(?:but |and |, ?|^)(?:no|without) (?:more )?(?:marketing|newsletters?|promos?|ads|spam|alerts|further (?:texts?|messages?))\b/,
  /\bdon['’]?t want (?:the |any |your |these )?(?:company )?(?:news\w*|stories|updates|promo\w*|marketing|messages)\b|\bonly want messages about\b[^.!?]{0,30}nothing else/,
  /\b(?:needn['’]?t|need not|no need to|don['’]?t (?:have|need) to)\b [^.!?;]{0,6}(?:message|text|write|msg|contact|keep|reach)[^.!?;]{0,12}\b(?:any ?longer|any ?more|again|posted)\b/,
  /\bno longer (?:wish|want|like) to (?:receive|get|hear)\b|\b(?:rather|prefer) not (?:to )?(?:receive|get|hear)\b|\bnot (?:text|message|call|contact|email) me (?:any ?more|again|ever)\b/,
  /\bleave me in peace\b|\blet my phone rest\b|\ba rest from you\b|\bchat closed\b|\bdon['’]?t reach out\b|\bstrike me off\b|\bcut me off from\b|\bleave this (?:chat )?list\b|\bout of the (?:news|mailing) list\b|\bmake these messages end\b|\bgoodbye to your messages\b|\bwere the last one\b|\bfull of (?:ur|your) (?:messages|texts)\b|\bmat bhejo\b|\bstop m[se]?s?gs?(?:ing)?\b|^see subject,? remove|\bmy phone buzzes\b[^.!?]{0,60}\brather it did/,
  /(?:新聞稿?|公司消息|推送|祝福|故事|宣傳片?|廣告類?|群發|推廣消息?|短信|雞湯|招聘嘢|招聘消息|通知短信|信息|訊息|消息)[^，。,.!！?？]{0,8}(?:唔使(?!改)|不要(?!緊)|罷就|關了|關掉|關咗|閂咗?|屏蔽|停掉|停咗?佢?$|可以停|免了|免咗|的取消|別給|就不收|就別|到此為止|再俾)/,
  /屏蔽(?:推廣|廣告|消息)|關(?:咗|掉)(?:自動)?(?:訊息|消息|推送)|(?:天天|成日|每日|每天)[^，。]{0,10}(?:推送|消息|訊息)[^。]{0,6}(?:關|停)|太多(?:了)?[ ，,]*關掉/,
  /(?:求下?你)[^，。]{0,4}停手|以後免(?:咗|了)|就此別過|勿念|勿發|移出(?:group|群|名單)|(?:請|把)我移出|停手$/,
  /(?:不欲|唔欲|不想|唔想)再?收到(?:貴公司|你哋|你們|任何|呢啲|這些|訊息|消息)/,
  /(?:唔好|不要|別|請勿|不用|不必)再?(?:給我|給這個手機|向我)?(?:發(?!燒)|群發|打嚟|擾|發消息|發訊息|發短信)(?:了|啦|喇)?(?=[ ，。,!！]|$|給我|俾我)/,
  /(?:淨係|只係|只)[^，。]{0,10}先好?(?:搵|send|發|通知)|唔使通知我任何/,
];
const SAYS_STOP = [...IN_TEXT, ...FURTHER];
/** 不用再提醒啦，我肯定到: no stop but a promise to come. */
const REASSURES =
  /(?:no need to (?:remind|call|text|chase)(?: me)?|不用再?(?:提醒|催)|唔使再?(?:提醒|提我|催))[^.!?。！？]{0,12}(?:\bi(?:['’]m| am| will|['’]ll)?\b[^.!?]{0,12}(?:remember|coming|going|there|know)|我(?:肯定|一定|會|記得|知道))/;
const SENDINGS_OFF = new RegExp(
  `${NOT_ASKED_FOR}[^，。,.!！?？]{0,8}(?:唔使|唔好|不用|不必|不要|唔要|慳返|停|免)(?:再|都)?(?:send|發|傳|俾|畀|通知我?|嚟|來|搭埋我|收|晒|喇|啦|了|$|[ ，。])`,
);
/** In a text about receiving something, a clause that ends in 停 asks for it: 「一日收三個 太多 停咗佢」. */
const ABOUT_RECEIVING = /收|send|發|訊|通知|reminder|掣|機械人|分享|newsletter|問候|講過/;
const ENDS_IN_STOP = /(?:^|[ ]|幫我|請|全部|我想|想|就|都|先會)停(?:咗佢|手|佢|收|止|㗎)?(?:$|[ ，。!！])/;

/** 「唔使搵我」 without 再 is a stop unless the sentence speaks of a time of day or a day. */
const PLAIN_NO_CONTACT = new RegExp(`${NO_MORE}(?:聯絡|聯繫|搵|找|煩|打擾|騷擾|contact|call)(?:${ME})`);
const TIME_WORDS =
  /[0-9一二三四五六七八九十]+ ?(?:點|時|號|日|月|am|pm|:)|朝早|早上|上午|下晝|下午|夜晚|晚上|晏晝|聽日|明天|今日|今晚|星期|禮拜|返工|上堂|開工|瞓覺|之前|之後|時候|暫時|住先|before|after|until/;

const NEWS_WORDS =
  /公司消息|最新消息|同事故事|故仔|分享|優惠|資訊|newsletter|marketing|員工故事|故事|宣傳|廣告|推廣|\bnews(?:letter)?s?\b|\bstor(?:y|ies)\b|\bpromo\w*|\bads?\b|公司資訊|公司動態/;
const ALL_WORDS = new RegExp(
  String.raw`所有|全部|一切|任何|\ball\b|\bany(?:thing| more)?\b|everything|騷擾|打擾|煩我|(?:聯絡|聯繫|搵|找|打(?:電話)?(?:俾|畀|比|給)?|致電)${ME}|(?:contact|call|bother|disturb|text|message)(?:ing)? me|me alone|my (?:phone |mobile )?(?:number|no\b|contact|name|details)|remove me|take me off`,
);

/**
 * Whether a text asks to stop, and what. A bare stop means whatever is not needed for a date; naming the stories or the
 * company's news means those; naming oneself, the number or everything means all.
 * @returns undefined when it is no stop
 */
export function readStop(text: string): StopScope | undefined {
  // What stands for a removed identity card number says nothing.
  const folded = fold(text.replaceAll(HKID_REDACTED, ' '));
  const bare = bareWords(folded);
  if (isBareStop(folded)) return /全部|\ball\b|stopall/.test(bare) ? 'all' : 'nudges';
  if (WHAT_IF.test(folded) || REASSURES.test(folded)) return undefined;
  if (/(?<![A-Za-z'’-])(?:STOP|TD|UNSUBSCRIBE)(?![A-Za-z'’-])/.test(outsideInnocent(text))) return 'nudges';
  let clean = folded;
  for (const innocent of INNOCENT) clean = clean.replace(innocent, '＿');
  // 「呢啲故仔對我冇用,取消啦」: in a text about what is sent, to cancel is to stop.
  if (ABOUT_SENDINGS.test(clean) && CANCELLED.test(clean)) return NEWS_WORDS.test(clean) ? 'news' : 'nudges';
  // One clause decides by itself: 「見工會嚟,公司消息唔使再傳」.
  const stops = clausesOf(clean).filter(
    (each) => asksToStop(each) || (isBareStop(each) && !WHOLE_ONLY.has(bareWords(each))),
  );
  if (stops.length === 0) return undefined;
  if (stops.some((clause) => ALL_WORDS.test(clause))) return 'all';
  return stops.some((clause) => NEWS_WORDS.test(clause)) ? 'news' : 'nudges';
}

/** A question what a stop would do is none: 「如果我撳退訂,之後仲收唔收到面試通知」. */
const WHAT_IF =
  /(?:如果|假如|若果|要係|若|萬一|撳咗|按咗)[^。!！]{0,12}(?:退訂|停止|unsub\w*|取消訂閱|stop)[^。!！]{0,24}(?:[?？]|嗎|會唔會|會不會|收唔收|收不收|係咪|仲會|還會|點|影響)|\bif i (?:unsubscribe|stop|opt out|reply stop|press stop|text stop|say stop)\b[^.!]{0,30}(?:\?|\b(?:will|do|would|can|still|am|does)\b)|(?:退訂|取消訂閱|停止接收|unsubscribe)[^。!！]{0,4}(?:仲收唔收|還收不收|收唔收|會唔會|會不會|係咪|之後仲|後仲|有冇影響|影唔影響)/;

const ABOUT_SENDINGS = new RegExp(`(?:呢啲|啲|嗰啲|這些|那些|你哋啲|每日|成日)[^。!！?？]{0,4}${SENDINGS}`);
const CANCELLED =
  /(?:^|[，。,.!！ ])(?:幫我|請|麻煩)?(?:取消|cancel)(?:啦|喇|咗|佢|了|吧)?(?=$|[，。,.!！ ]|唔該|謝|多謝|please|pls)/;

/** Stops only when they are the whole text: 「Cancel. I'm not coming」 is none. */
const WHOLE_ONLY = new Set(['end', 'quit', 'cancel', 'remove', '停', '停啦', '不收', '唔收', 'all']);

/** A text or clause without marks, emoji and polite words. */
function bareWords(folded: string): string {
  return folded
    .replace(POLITE, ' ')
    .replace(/\./g, '')
    .replace(/[^\p{L}\p{N}\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Nothing but a stop, once or several times. */
function isBareStop(text: string): boolean {
  const bare = bareWords(text);
  return WHOLE_TEXTS.has(bare) || isRepeated(bare);
}

function asksToStop(clause: string): boolean {
  if (NOT_OFF.test(clause)) return false;
  if (SAYS_STOP.some((pattern) => pattern.test(clause)) || SENDINGS_OFF.test(clause)) return true;
  if (ENDS_IN_STOP.test(clause) && ABOUT_RECEIVING.test(clause)) return true;
  return PLAIN_NO_CONTACT.test(clause) && !TIME_WORDS.test(clause);
}

/** Capitals as the messages themselves ask for them (Reply STOP), wherever they stand in a text that is not all capitals. */
function outsideInnocent(text: string): string {
  if (!/[a-z\u3400-\u9fff]/.test(text)) return '';
  return text.replace(
    /(?:non[ -]?|one[ -]|bus |tram |next |last |first |\d+ |do ?n[o'’]?t |never |not |won['’]?t |can['’]?t )(?:STOP|UNSUBSCRIBE)|(?:唔好|唔係|唔想|唔使|不要|不想|不是|冇話)[^,，。]{0,6}(?:STOP|TD|UNSUBSCRIBE)|STOP (?:by|at|work|smok)\w*/gi,
    '',
  );
}

/** STOP STOP STOP, 停止停止. */
function isRepeated(bare: string): boolean {
  const words = bare.split(' ');
  return words.length > 1 && new Set(words).size === 1 && WHOLE_TEXTS.has(words[0] ?? '');
}

function fold(text: string): string {
  return toTraditional(text.normalize('NFKC'))
    .replace(/[唔不吾5五](?:[洗駛]|使(?=再|send|打|搵|找|通知|聯))/g, '唔使')
    .replace(/\bno\. ?(?=[a-z])/gi, 'number ')
    .replace(/[5五吾](?=好再|好send|好發|想收|要再)/g, '唔')
    .replaceAll('揾', '搵')
    .replaceAll('閲', '閱')
    .toLowerCase()
    .replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, ' ')
    .trim();
}

function clausesOf(text: string): string[] {
  return text.split(/[。！!？?；;\n]|(?<![A-Za-z0-9])[,，]|[,，](?![0-9])|\.(?:\s|$)/).map((clause) => clause.trim());
}
