import { readLexicon } from '../../bot/understand/lexicon/lexicon.ts';
import { type World, worldSchema } from '../../bot/understand/world/world.ts';

const CANDIDATES =
  '黃志明|周芷晴|吳嘉慧|林柏熹|Jason Lau|李俊傑|梁凱琳|Leung Sze Wan|Hazel Tong|譚振邦|盤詠儀|Sunil Gurung|Roshan Thapa|余子軒|Marisol Cruz|牛浩然|蒲詩敏|鄭曉彤|陶樂樂|冷家怡|Prakash Rai|Hussain Ali|Kelly Ng|Deepak Rai|Sukhdev Singh|Juan Dela Cruz|May Chan|郭美玲|謝卓妍|Lakshmi Devi|婁家俊|Jun Villanueva|商婉兒|路永康|舒樂怡|華小曼|單偉|陳家欣|司徒俊|Nabil Khan|曉彤|賀俊賢|Dickson Chu|Eunice Ho|Fiona Wat|馮天佑|方麗華|Maria Santos|桂子聰|Reuben Tan|Jocelyn Yu|Cassie Mok|Clement Poon|Winnie Tsoi|賴文樂|Priya Shah|Leonard Hui|冼志強|Sameer Khan|晏子謙|馮志文|馮志明|歐陽靜|張詠詩|Duncan Pau|Ganesh Rai|史佳|Nirmala Rai|Shirley Tai|范詠琳|鄺玉冰|Sigrid Berg|Rahman Ali|Apinya Suk|邱映彤|伍慧心|何文軒|馬浩然|聶志遠|謝丹|Anson Yip|Mohsin Khan|天佑|Tariq Aziz|Delroy Brown|傅立新|丁海燕|季曉東|鄺美儀|湛家豪|鄧文基|Olumide Ade|Harriet Bell|Florence Yau|Dipa Rai|項少軍|翁家輝|曼婷|李文|戚雨薇|袁思琪|Isla Fong|莫小姐|梁小雲|Somchai Dee|文詠琪|尹曉嵐|白曉棠|岑啟明|Alvin Ko|Adrian Lo|俊傑|阿May|史天|羅展|Joanne Mak|Farrah Ali|Glenda Cruz|Bob Lee'.split(
    '|',
  );

/** A small company in which the people of the lexicon's examples apply. */
export const EXAMPLE_WORLD: World = worldSchema.parse({
  now: '2026-11-23T10:00:00+08:00',
  candidates: CANDIDATES.map((name, at) => ({ id: `C${1001 + at}`, names: [name], stage: 'interview' })),
  staff: [
    { id: 'gloria', names: ['Gloria Wong'], title: '分店經理' },
    { id: 'ivan', names: ['Ivan Ho'], title: '區域經理' },
    { id: 'carmen', names: ['Carmen Lee'], title: '招聘主任' },
  ],
  branches: [{ id: 'MK', names: ['旺角店'] }],
  requisitions: [{ id: 'R101', job: '店務員', branchId: 'MK' }],
  interviews: [{ id: 'I1', candidateId: 'C1001', startAt: '2026-11-24T11:00:00+08:00' }],
});

/** How many lines the lexicon of orders has: a figure for the documents. */
export const ORDER_LINES = readLexicon('staff').length;
