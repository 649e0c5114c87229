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
    en: 'Every line is computed from cited findings, and opens down to its sources. What is known is drawn solid; what is not known yet is ice.',
    zh: '每一行都由有出处的研究发现算出，可以一直打开到来源。已知的画成实色，还不知道的画成冰。',
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
    en: 'Chance it helps: we draw thousands of possible worlds in which each claim holds as often as we believe it, and count the worlds in which the candidate moves the outcome the wanted way, through all chains together. ± is the error of that counting.',
    zh: '有益的可能：我们画出成千上万个“可能的世界”，每条论断按我们相信它的程度出现；数一数在多少个世界里，它通过所有链条把结局推向想要的方向。± 是这种计数的误差。',
  },
  how_base: {
    en: 'The small tick is the same chance in shuffled graphs, where every candidate keeps its number of links but not their ends. Being well studied alone brings you there; only what lies beyond the tick says something.',
    zh: '小竖线是在打乱的图里的同一可能：连线数目不变，连到哪里是随机的。只因研究得多也能到那里；超过小竖线的部分才说明问题。',
  },
  how_bar: {
    en: 'The bar is about direct evidence only: for, unknown, against. A nat is a unit of evidence: each one multiplies the odds by 2.7.',
    zh: '色条只看直接证据：支持、未知、反对。奈特是证据的单位：每一奈特把胜算乘以 2.7。',
  },
  helps: { en: 'chance it helps', zh: '有益的可能' },
  harms: { en: 'chance it harms', zh: '有害的可能' },
  baseline: { en: 'shuffled graph', zh: '打乱的图' },
  helps_label: {
    en: 'Chance it helps {h}, error {e} points; in shuffled graphs {b}',
    zh: '有益的可能 {h}，误差 {e} 个百分点；打乱的图中 {b}',
  },
  no_direct: {
    en: 'No direct finding: this comes through chains only.',
    zh: '没有直接的研究发现：只来自链条推理。',
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
} satisfies Record<string, Text>;
