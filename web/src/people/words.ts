import type { Text } from '../i18n';

export const people_words = {
  title: { en: 'The people in this registry', zh: '登记库中的人群' },
  tab: { en: 'People', zh: '人群' },
  lead: {
    en: 'Curves and counts over everyone, never one person. A count of 1 to 10 is hidden, so that nobody can be recognised.',
    zh: '这里只有总体的曲线和计数，没有任何个人。1 到 10 人的计数一律隐藏，谁都不会被认出来。',
  },
  none: {
    en: 'There is no registry here yet, and that is fine: the answers rest on published findings. Once records are added, their curves appear on this page.',
    zh: '这里还没有登记库，没关系：答案来自已发表的研究。加入记录之后，曲线就会出现在这一页。',
  },
  people: { en: 'people', zh: '人' },
  as_of: { en: 'as of {d}', zh: '截至 {d}' },
  hidden: { en: '1–10, hidden', zh: '1–10，隐藏' },
  hidden_too: { en: 'hidden', zh: '隐藏' },
  floor: {
    en: 'The smallest count shown is {n}. Hidden: a count of 1 to 10, or one that would give such a count away.',
    zh: '显示的最小计数是 {n}。隐藏的是 1 到 10 的计数，或会泄露这种计数的另一个数。',
  },
  nobody: { en: 'Nobody: {l}', zh: '0 人：{l}' },
  and: { en: ', ', zh: '、' },
  counts: { en: 'Who they are', zh: '他们是谁' },
  age: { en: 'Age at the first symptom', zh: '起病年龄' },
  years: { en: '{a} to {b} years', zh: '{a} 至 {b} 岁' },
  years_unit: { en: 'years', zh: '岁' },
  survival: { en: 'Survival from the first symptom', zh: '起病后的生存' },
  survival_gate: {
    en: "This curve speaks of survival. It describes a group and cannot tell any one person's course. Show it only if you wish to.",
    zh: '这条曲线讲的是生存。它描述一群人，不能预言任何一个人的病程。愿意看时再打开。',
  },
  survival_show: { en: 'Show the survival curve', zh: '显示生存曲线' },
  survival_label: {
    en: 'Survival curve of {n} people with {e} deaths; median {m}',
    zh: '{n} 人、{e} 例死亡的生存曲线；中位数 {m}',
  },
  median: { en: 'Median', zh: '中位数' },
  not_reached: { en: 'not reached', zh: '未达到' },
  months: { en: 'months', zh: '个月' },
  interval95: { en: '95% interval', zh: '95% 区间' },
  at_risk: { en: 'still followed', zh: '仍在随访' },
  share_alive: { en: 'alive', zh: '存活' },
  events: { en: '{n} people, {e} deaths', zh: '{n} 人，{e} 例死亡' },
  decline: {
    en: 'Change of the ALSFRS-R since the first report',
    zh: '自首次填报起 ALSFRS-R 的变化',
  },
  decline_label: {
    en: 'Bands of the change by month: median {a} points at month {m0}, {b} at month {m1}',
    zh: '各月变化的分布带：第 {m0} 个月中位 {a}，第 {m1} 个月中位 {b}',
  },
  decline_note: {
    en: 'Dark line: the middle person. Bands: half of the people, and four fifths of them. Later months hold only those still reporting.',
    zh: '深线：居中的人。色带：一半的人，五分之四的人。较晚的月份只包含仍在填报的人。',
  },
  months_in: { en: 'months since the first report', zh: '自首次填报起的月数' },
  months_onset: { en: 'months since the first symptom', zh: '自起病起的月数' },
  points: { en: 'points', zh: '分' },
  slope: { en: 'Change each month', zh: '每月变化' },
  slope_text: {
    en: 'The middle person changes by {m} points a month; half lie between {a} and {b}, nine in ten between {c} and {d} ({n} people).',
    zh: '居中的人每月变化 {m} 分；一半的人在 {a} 与 {b} 之间，九成在 {c} 与 {d} 之间（{n} 人）。',
  },
  reports: { en: 'Reports per person', zh: '每人填报次数' },
  reports_text: {
    en: 'On average {m}; half of the people between {a} and {b}.',
    zh: '平均 {m} 次；一半的人在 {a} 与 {b} 次之间。',
  },
  table: { en: 'The same as a table', zh: '同样内容的表格' },
  month: { en: 'Month', zh: '月' },
  trial: { en: 'Can a registry answer like a trial?', zh: '登记库能像试验一样回答吗？' },
  trial_lead: {
    en: 'Who is treated differs from who is not, so simply comparing them misleads. A target trial sets up the comparison as a trial would.',
    zh: '用药的人和不用药的人本来就不同，直接比较会误导。目标试验按真正试验的样子来安排比较。',
  },
  naive: { en: 'simple comparison', zh: '直接比较' },
  target: { en: 'target trial', zh: '目标试验' },
  truth: { en: 'true effect', zh: '真实效应' },
  truth_note: {
    en: 'The true effect is known only because these people were simulated.',
    zh: '真实效应之所以已知，只因为这些人是模拟出来的。',
  },
  people_in: {
    en: '{e} could take part: {t} treated, {u} not, {d} events',
    zh: '{e} 人符合条件：用药 {t}，未用药 {u}，事件 {d}',
  },
  protocol: { en: 'The protocol', zh: '试验方案' },
  balance: {
    en: 'How alike the groups are, before and after weighting',
    zh: '加权前后两组的相似程度',
  },
  covariate: { en: 'Variable', zh: '变量' },
  before: { en: 'before', zh: '之前' },
  after: { en: 'after', zh: '之后' },
  balance_note: {
    en: 'Standardised difference; below 0.1 counts as alike.',
    zh: '标准化差；小于 0.1 视为相似。',
  },
  e_value: {
    en: 'E-value {v} (limit {l}): an unmeasured cause would have to be this strong, tied to both treatment and outcome, to explain the result away.',
    zh: 'E 值 {v}（区间端 {l}）：未测到的因素要与用药和结局都有这么强的关联，才能完全解释掉这个结果。',
  },
  no_registry_result: {
    en: 'This registry cannot answer it yet.',
    zh: '这个登记库暂时还回答不了。',
  },
  hr: { en: 'hazard ratio; below 1 means fewer deaths', zh: '风险比；小于 1 表示死亡更少' },
} satisfies Record<string, Text>;

/** The parts of a target trial's protocol. */
export const protocol_parts: Record<string, Text> = {
  eligibility: { en: 'Who could take part', zh: '纳入条件' },
  strategies: { en: 'Treatments compared', zh: '比较的方案' },
  treatment: { en: 'Treatments compared', zh: '比较的方案' },
  assignment: { en: 'Assignment', zh: '分组' },
  time_zero: { en: 'Start of the clock', zh: '起点' },
  follow_up: { en: 'Follow-up', zh: '随访' },
  outcome: { en: 'Outcome', zh: '结局' },
  censoring: { en: 'Censoring', zh: '删失' },
  contrast: { en: 'Contrast', zh: '对比' },
  analysis: { en: 'Analysis', zh: '分析' },
};
