import type { Text } from '../i18n';

export const review_words = {
  tab: { en: 'Review', zh: '审阅' },
  title: { en: 'Was this read right?', zh: '这样读对吗？' },
  lead: {
    en: 'One finding at a time, the ones that would change the answers most come first. Nothing is timed, every verdict can be undone, and nothing is ever deleted.',
    zh: '一次只看一条，最能改变答案的排在前面。没有时间限制，每个判断都可以撤回，任何内容都不会被删除。',
  },
  who: { en: 'What may we call you?', zh: '怎么称呼您？' },
  who_why: {
    en: 'Verdicts are signed with this name, so that several people can be told apart. It stays on this machine.',
    zh: '判断会以这个名字签署，好把不同的人分开。它只留在这台电脑上。',
  },
  who_hint: { en: 'for example mei', zh: '例如 mei' },
  who_go: { en: 'Begin', zh: '开始' },
  who_bad: {
    en: 'Please use letters, digits, blanks, dots or dashes, at most 60 letters.',
    zh: '请用汉字、字母、数字、空格、点或短横，最多 20 个汉字或 60 个字母。',
  },
  as: { en: 'You sign as {c}', zh: '您以 {c} 的名义签署' },
  change_name: { en: 'Change', zh: '更改' },
  large: { en: 'Large buttons', zh: '大按钮' },
  left: { en: '{i} of {n} waiting', zh: '第 {i} 条，共 {n} 条待审' },
  left_one: { en: 'Item {i}', zh: '条目 {i}' },
  question: { en: 'Is this what the source says?', zh: '来源说的是这个意思吗？' },
  in_source: { en: 'What the source says', zh: '来源原文' },
  no_quote: {
    en: 'No quotation is kept for this one: please look into the source itself.',
    zh: '这一条没有保存引文：请直接查看来源。',
  },
  quote_found: { en: 'found word for word in the source', zh: '已在来源中逐字找到' },
  quote_not: { en: 'not checked against the source', zh: '尚未与来源核对' },
  noted: { en: 'Noted when it was recorded', zh: '记录时的备注' },
  printed: { en: 'As printed', zh: '原文数字' },
  read_by: { en: 'read by', zh: '读出者' },
  would: { en: 'What your verdict would change', zh: '您的判断会改变什么' },
  would_now: { en: 'now', zh: '现在' },
  would_accept: { en: 'if it was read right', zh: '如果读对了' },
  would_reject: { en: 'if it was not', zh: '如果读错了' },
  would_answers: {
    en: 'The answers to {o} would move by {n} points together.',
    zh: '“{o}” 的答案合计会移动 {n} 个百分点。',
  },
  would_none: { en: 'It would hardly move any answer.', zh: '几乎不会改变任何答案。' },
  reading: {
    en: 'From the verdicts so far: read right {a}, the other way round {b}, no effect found {n}, says nothing of it {c}.',
    zh: '按目前的判断：读对 {a}，方向反了 {b}，没有效应 {n}，没说这件事 {c}。',
  },
  others: { en: 'Verdicts so far', zh: '已有的判断' },
  verdicts: { en: 'Your verdict', zh: '您的判断' },
  keys: {
    en: 'Keys: 1 to 8 for a verdict, U to undo, J next, K back, Esc to leave the reason.',
    zh: '按键：1 至 8 作出判断，U 撤回，J 下一条，K 上一条，Esc 放弃填写理由。',
  },
  reason: { en: 'Why? One line is enough.', zh: '为什么？一句话就够。' },
  reason_own: { en: 'Your own words', zh: '用您自己的话' },
  reason_need: {
    en: 'Please give a reason, or choose one above.',
    zh: '请写下理由，或选上面的一条。',
  },
  give: { en: 'Give the verdict: {v}', zh: '提交判断：{v}' },
  leave: { en: 'Not yet', zh: '先不' },
  next: { en: 'Next', zh: '下一条' },
  back: { en: 'Back', zh: '上一条' },
  undo: { en: 'Undo', zh: '撤回' },
  you_said: { en: 'You said “{v}” on: {t}', zh: '您对这条的判断是“{v}”：{t}' },
  undone: { en: 'Taken back: {t}', zh: '已撤回：{t}' },
  saving: { en: 'Writing it down', zh: '正在记录' },
  empty: { en: 'Nothing is waiting for you.', zh: '没有等您审阅的内容。' },
  empty_next: {
    en: 'Every finding has your verdict, or none would change an answer. More come when evidence is brought in.',
    zh: '每一条都有了您的判断，或者没有哪条会改变答案。导入新的证据后会有更多。',
  },
  bring: { en: 'Bring in evidence', zh: '导入证据' },
  not_here: {
    en: 'This item is not in the queue: it has your verdict already, or is not known.',
    zh: '这一条不在队列里：您已经判断过，或者没有这一条。',
  },
  see_claim: { en: 'See the whole claim', zh: '看整条论断' },
  outcome: { en: 'Answers about', zh: '关于哪个结局的答案' },
  curators: { en: 'Who has judged, and how far they agree', zh: '谁判断过，彼此有多一致' },
  curator: { en: 'Name', zh: '名字' },
  n_verdicts: { en: 'Verdicts', zh: '判断数' },
  sensitivity: { en: 'Sees what is right (95% interval)', zh: '认出读对的（95% 区间）' },
  specificity: { en: 'Sees what is wrong (95% interval)', zh: '认出读错的（95% 区间）' },
  agreement: {
    en: 'Agreement beyond chance (Krippendorff’s alpha): {a}, from {i} items that two or more people judged.',
    zh: '超出偶然的一致程度（Krippendorff α）：{a}，基于 {i} 条有两人以上判断的条目。',
  },
  agreement_none: {
    en: 'No two people have judged the same item yet, so agreement is not known.',
    zh: '还没有两个人判断过同一条，所以一致程度未知。',
  },
  disputed: { en: 'Disputed', zh: '有分歧的' },
  no_curators: { en: 'Nobody has judged anything yet.', zh: '还没有人作过判断。' },
} satisfies Record<string, Text>;

/** A verdict: its key on the keyboard is its place in this list. */
export interface Choice {
  code: string;
  text: Text;
  hint: Text;
  reasons: Text[];
}

export const kVerdicts: readonly Choice[] = [
  {
    code: 'accept',
    text: { en: 'Yes, read right', zh: '对，读得对' },
    hint: { en: 'the source says this', zh: '来源就是这个意思' },
    reasons: [],
  },
  {
    code: 'reject',
    text: { en: 'No, read wrong', zh: '不对，读错了' },
    hint: { en: 'the source does not say this', zh: '来源没有这样说' },
    reasons: [
      { en: 'The quotation is about something else.', zh: '引文说的是另一件事。' },
      { en: 'The sentence only names both.', zh: '句子只是同时提到两者。' },
    ],
  },
  {
    code: 'wrong_sign',
    text: { en: 'The other way round', zh: '方向反了' },
    hint: { en: 'it lowers where we read raises', zh: '原文是降低，我们读成了升高，或相反' },
    reasons: [
      { en: 'The source says the opposite.', zh: '来源说的正好相反。' },
      { en: 'A negation was missed.', zh: '漏看了否定。' },
    ],
  },
  {
    code: 'wrong_concept',
    text: { en: 'About something else', zh: '对象认错了' },
    hint: { en: 'another drug, gene or outcome', zh: '是别的药物、基因或结局' },
    reasons: [
      { en: 'A short name stands for something else here.', zh: '这里的缩写指的是别的东西。' },
      {
        en: 'It is a part or a form of it, not the thing itself.',
        zh: '是它的一部分或一种形式，不是它本身。',
      },
    ],
  },
  {
    code: 'not_causal',
    text: { en: 'Together, not cause', zh: '相伴，不是因果' },
    hint: { en: 'found together, no cause shown', zh: '同时出现，没有显示因果' },
    reasons: [
      { en: 'Only a correlation is reported.', zh: '只报告了相关。' },
      { en: 'It predicts, it does not act.', zh: '它能预测，但不起作用。' },
    ],
  },
  {
    code: 'hypothesis_only',
    text: { en: 'Only a thought', zh: '只是设想' },
    hint: { en: 'supposed, not shown', zh: '提出设想，没有证明' },
    reasons: [
      { en: 'The authors only suppose it.', zh: '作者只是推测。' },
      { en: 'It is the aim of the study, not its result.', zh: '这是研究目的，不是结果。' },
    ],
  },
  {
    code: 'negative_result',
    text: { en: 'They found no effect', zh: '结果是没有效应' },
    hint: { en: 'looked for, not found', zh: '找过，没有找到' },
    reasons: [
      { en: 'The difference was not significant.', zh: '差异没有统计学意义。' },
      { en: 'The study says it found no effect.', zh: '研究写明没有发现效应。' },
    ],
  },
  {
    code: 'other',
    text: { en: 'Something else', zh: '其他' },
    hint: { en: 'in your own words', zh: '用您自己的话说' },
    reasons: [{ en: 'I cannot tell from this text.', zh: '从这段文字看不出来。' }],
  },
];

/** What an item says of its claim, as we read it. */
const readings: Record<string, Text> = {
  supports: { en: 'We read: the source supports it.', zh: '我们读作：来源支持这一点。' },
  opposes: { en: 'We read: the source speaks against it.', zh: '我们读作：来源反对这一点。' },
  no_effect_seen: {
    en: 'We read: the source looked for it and saw no effect.',
    zh: '我们读作：来源检验过，没有看到这种效应。',
  },
  inconclusive: {
    en: 'We read: the source leaves it open.',
    zh: '我们读作：来源没有定论。',
  },
};
export const read_as = (direction: string): Text =>
  readings[direction] ?? { en: direction, zh: direction };

/** The words of a verdict's code, also of one that was taken back. */
export function verdict_text(code: string): Text {
  if (code === 'withdrawn') return review_words.undo;
  return kVerdicts.find((one) => one.code === code)?.text ?? { en: code, zh: code };
}
