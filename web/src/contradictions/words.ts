import type { Text } from '../i18n';

export const contradictions_words = {
  tab: { en: 'Contradictions', zh: '矛盾' },
  title: { en: 'Where the evidence disagrees', zh: '证据在哪里互相矛盾' },
  lead: {
    en: 'Claims, or findings on one claim, that cannot all hold: side by side, the sharpest first, and what would settle it. A contradiction is not a fault: it shows where one good study would help most.',
    zh: '不能同时成立的论断，或同一论断的不同结果，并排列出：最尖锐的在前，并说明怎样才能分清。矛盾不是错误：它指出一项好的研究在哪里最有用。',
  },
  about: { en: 'Only about', zh: '只看关于' },
  all: { en: 'Show all', zh: '显示全部' },
  found: { en: 'Contradictions: {n}', zh: '{n} 处矛盾' },
  none: { en: 'Nothing contradicts here.', zh: '这里没有互相矛盾的论断。' },
  none_next: {
    en: 'That may mean agreement, or that too little has been studied.',
    zh: '这可能表示一致，也可能表示研究得还太少。',
  },
  opposite_sign: { en: 'one says raises, the other lowers', zh: '一方说升高，一方说降低' },
  within_claim: { en: 'findings on the same claim disagree', zh: '同一论断的研究结果不一致' },
  narrower: {
    en: 'it may hold in one group and not in another',
    zh: '可能在某类人中成立，在另一类中不成立',
  },
  sides: { en: 'The two sides', zh: '双方' },
  side: { en: 'Side {n}', zh: '第 {n} 方' },
  speaks_for: { en: 'Speaks for it', zh: '支持它的' },
  speaks_against: { en: 'Speaks against it', zh: '反对它的' },
  no_side: { en: 'nothing on this side', zh: '这一方没有' },
  how_sharp: { en: 'how evenly matched', zh: '势均力敌的程度' },
  settles: { en: 'What would settle it', zh: '怎样才能分清' },
  open: { en: 'All its evidence', zh: '它的全部证据' },
} satisfies Record<string, Text>;

/** What kind of contradiction a code names. */
export function kind_text(code: string): Text {
  const known: Record<string, Text> = contradictions_words;
  return known[code] ?? { en: code.replaceAll('_', ' '), zh: code.replaceAll('_', ' ') };
}
