import type { Text } from '../i18n';

export const answers_words = {
  title: {
    en: 'What would slow ALS, and how sure are we?',
    zh: '什么能减缓渐冻症，我们有多大把握？',
  },
  title_lowers: {
    en: 'What would reduce {o}, and how sure are we?',
    zh: '什么能减轻{o}，我们有多大把握？',
  },
  title_raises: {
    en: 'What would improve {o}, and how sure are we?',
    zh: '什么能改善{o}，我们有多大把握？',
  },
  tab: { en: 'Answers', zh: '答案' },
  lead: {
    en: 'This ranks what the published record makes likely. It is not a recommendation, and it says nothing about you. Every line opens down to its sources; what is not known yet is drawn as ice.',
    zh: '这里排的是已发表的记录使什么更有可能。它不是推荐，也不说明您个人的情况。每一行都可以一直打开到来源；还不知道的画成冰。',
  },
  ask: { en: 'Ask a question', zh: '问一个问题' },
  ask_hint: { en: 'Does riluzole prolong survival?', zh: '利鲁唑能延长生存吗？' },
  ask_button: { en: 'Ask', zh: '提问' },
  understood_effect: {
    en: 'Understood as: what does {s} do to {o}?',
    zh: '我们的理解：{s} 对 {o} 有什么作用？',
  },
  understood_mechanism: {
    en: 'Understood as: through what does {s} reach {o}?',
    zh: '我们的理解：{s} 通过什么影响 {o}？',
  },
  understood_next_study: {
    en: 'Understood as: what should be studied next about {o}?',
    zh: '我们的理解：关于 {o}，下一步该研究什么？',
  },
  something: { en: 'something', zh: '某个因素' },
  not_understood: {
    en: 'We did not understand this question yet. These we would understand:',
    zh: '这个问题我们还没听懂。下面这些能听懂：',
  },
  also: { en: 'You could also ask:', zh: '还可以问：' },
  which: { en: 'Which one is meant by “{m}”?', zh: '“{m}” 指的是哪一个？' },
  open_claim: { en: 'See the evidence', zh: '查看证据' },
  clear: { en: 'Close this answer', zh: '收起这个回答' },
  outcome: { en: 'What should change', zh: '希望改变什么' },
  how: { en: 'How to read this', zh: '怎么读这张表' },
  how_helps: {
    en: 'Share of possible worlds: we draw thousands of worlds in which each claim holds as often as the recorded evidence and the starting point make it likely, and count those in which the candidate moves the outcome the wanted way, through all chains together. The computing error is only that of the counting; it says nothing about how good the evidence is.',
    zh: '可能世界的份额：我们画出成千上万个“可能的世界”，每条论断出现的频率由记录中的证据和起点决定；数一数在多少个世界里，它通过所有链条把结局推向想要的方向。计算误差只是计数的误差，并不说明证据好坏。',
  },
  how_base: {
    en: 'The small tick is the same share in shuffled graphs, where every candidate keeps its number of links but not their ends. Being well studied alone brings you there; only what lies beyond the tick says something.',
    zh: '小竖线是在打乱的图里的同一份额：连线数目不变，连到哪里是随机的。只因研究得多也能到那里；超过小竖线的部分才说明问题。',
  },
  how_bar: {
    en: 'The bars are about direct evidence only: for, unknown, against; one for the outcome itself and one for each thing it is measured by. A nat is a unit of evidence: each one multiplies the odds by 2.7.',
    zh: '色条只看直接证据：支持、未知、反对；结局本身一条，衡量它的每个指标各一条。奈特是证据的单位：每一奈特把胜算乘以 2.7。',
  },
  helps: { en: 'of possible worlds: it helps', zh: '的可能世界里：它有益' },
  harms: { en: '{h} of possible worlds: it harms', zh: '{h} 的可能世界里：它有害' },
  baseline: { en: 'shuffled graph', zh: '打乱的图' },
  helps_label: {
    en: 'It helps in {h} of possible worlds; in shuffled graphs {b}.',
    zh: '在 {h} 的可能世界里有益；打乱的图中 {b}。',
  },
  no_direct: {
    en: 'Only mechanisms speak; not tested directly.',
    zh: '只有机制在说话；没有直接检验过。',
  },
  chain: { en: 'Best chain', zh: '最强的链条' },
  chains_more: { en: '{n} chains in all', zh: '共 {n} 条链' },
  no_chain: { en: 'none found', zh: '没有找到' },
  weakest: { en: 'Weakest link', zh: '最弱环节' },
  next: { en: 'Next study', zh: '下一项研究' },
  people: { en: '{n} of our people could take part', zh: '登记库中有 {n} 人可以参加' },
  people_hidden: {
    en: '1–10 of our people (hidden) could take part',
    zh: '登记库中有 1–10 人（隐藏）可以参加',
  },
  people_synthetic: { en: 'synthetic', zh: '模拟' },
  more: { en: 'Show all {n}', zh: '显示全部 {n} 个' },
  empty: {
    en: 'No candidate has evidence for this outcome yet. That itself is worth knowing.',
    zh: '对这个结局，还没有任何候选有证据。知道这一点本身就有价值。',
  },
  empty_as_of: {
    en: 'In that year nothing was known about it yet.',
    zh: '在那一年，对它还一无所知。',
  },
  not_shown: { en: 'Looked at, not ranked', zh: '看过但未排名' },
  counted: {
    en: '{n} candidates, {w} possible worlds, seed {s}',
    zh: '{n} 个候选，{w} 个可能世界，种子 {s}',
  },
  how_known: {
    en: 'Where at least 60% is unknown, the number is marked: it then mostly repeats the starting point, so 55% there means “we do not know”, not “more likely than not”.',
    zh: '未知份额达到 60% 时，数字旁会有标记：那时它多半只是在重复起点，所以那里的 55% 意思是“我们不知道”，而不是“多半有效”。',
  },
  error: { en: 'computing error ±{e} points', zh: '计算误差 ±{e} 个百分点' },
  error_tiny: {
    en: 'computing error below 0.1 points',
    zh: '计算误差不到 0.1 个百分点',
  },
  little_known: {
    en: 'Little is known: mostly the starting point speaks',
    zh: '所知甚少：主要是起点在说话',
  },
  part: { en: 'on {o}', zh: '对 {o}' },
  controls: {
    en: 'What to rank for, as of when, from which starting point',
    zh: '为哪个结局排名，看到哪一年，从哪个起点',
  },
} satisfies Record<string, Text>;
