import type { Text } from '../i18n';

export const weights_words = {
  tab: { en: 'Weights', zh: '权重' },
  title: { en: 'What if evidence counted differently?', zh: '如果换一种称法呢？' },
  lead: {
    en: 'Choose an answer and move the numbers behind its weight: it is worked out again at once. Nothing is stored; the address keeps what you set, so it can be sent to someone.',
    zh: '选一个答案，改动权重背后的数字，结果马上重新算出。这里不会保存任何内容；您的设置都在地址里，可以发给别人看。',
  },
  answer: { en: 'Which answer', zh: '哪个答案' },
  other: { en: 'Another pair', zh: '换成别的两样' },
  subject: { en: 'This', zh: '这个' },
  object: { en: 'acts on this', zh: '作用于这个' },
  parameters: { en: 'The numbers', zh: '可调的数字' },
  reset: { en: 'Back to how thaw counts', zh: '恢复 thaw 的预设' },
  changed_n: { en: 'numbers changed: {n}', zh: '已改动 {n} 个数字' },
  before: { en: 'as thaw counts', zh: '按 thaw 的预设' },
  after: { en: 'as you set it', zh: '您的设置' },
  result: { en: 'What comes out', zh: '结果' },
  moved: { en: 'belief from {a} to {b}', zh: '可信度从 {a} 到 {b}' },
  is: { en: 'belief {a}', zh: '可信度 {a}' },
  unmoved: { en: 'belief {a}, as before', zh: '可信度 {a}，没有变化' },
  no_claims: {
    en: 'Nothing is claimed of these two directly, so there is nothing to weigh.',
    zh: '这两者之间没有直接的论断，所以没有可称的。',
  },
  open: { en: 'All its evidence', zh: '它的全部证据' },
  prior: { en: 'Starting point', zh: '起点' },
  prior_about: { en: 'belief before any evidence', zh: '看任何证据之前的可信度' },
  ignorance_weight: { en: 'How much stays unknown', zh: '未知占多少' },
  ignorance_about: {
    en: 'nats of evidence at which half is still unknown',
    zh: '有多少奈特证据时，仍有一半未知',
  },
  caps_here: {
    en: 'The most each kind of study here can show, in nats',
    zh: '这里各类研究最多能显示多少（奈特）',
  },
  more: { en: 'All other numbers', zh: '其他所有数字' },
  was: { en: 'was {v}', zh: '原为 {v}' },
  presets: { en: 'Three presets, side by side', zh: '三种预设，并排比较' },
  presets_note: {
    en: 'The same evidence under thaw’s numbers and under those that two other projects publish. They answer different questions, so their beliefs need not agree. Only thaw says how much is unknown.',
    zh: '同样的证据，按 thaw 的数字和另外两个项目公布的数字来称。它们回答的问题不同，可信度不必一致。只有 thaw 会说出未知有多少。',
  },
  preset: { en: 'Preset', zh: '预设' },
  claim: { en: 'Claim', zh: '论断' },
  support: { en: 'Support, nats', zh: '支持（奈特）' },
  opposition: { en: 'Opposition, nats', zh: '反对（奈特）' },
  belief: { en: 'Belief', zh: '可信度' },
  unknown: { en: 'Unknown', zh: '未知' },
  not_here: { en: 'could not be worked out here', zh: '这里算不出' },
  reliability: { en: 'When it says 70%, how often is it so?', zh: '它说 70% 时，有多少次属实？' },
  reliability_why: {
    en: 'Graded findings, each judged by numbers that had not seen it. On the dashed line a belief means what it says; bars are 95% intervals.',
    zh: '用没有见过它们的数字去判断已分级的结果。落在虚线上，可信度就名副其实；竖线是 95% 区间。',
  },
  predicted: { en: 'Belief given', zh: '给出的可信度' },
  observed: { en: 'So (95% interval)', zh: '实际比例（95% 区间）' },
  n: { en: 'Findings', zh: '条目数' },
  brier: {
    en: 'Brier score, lower is better (95% interval)',
    zh: 'Brier 分，越低越好（95% 区间）',
  },
  log_loss: { en: 'Log loss, nats', zh: '对数损失（奈特）' },
  items: { en: '{n} graded findings', zh: '{n} 条已分级的结果' },
  held_out: { en: 'held out by {f}', zh: '按{f}留出' },
  so: { en: 'Share that was so', zh: '实际属实的比例' },
  base_rate: { en: 'so in {p} of them', zh: '其中 {p} 属实' },
  drawn: {
    en: 'Drawn are the three presets; those fitted or recalibrated stand in the tables.',
    zh: '图中只画三种预设；拟合或重新校准过的列在表中。',
  },
  better: { en: 'Better than thaw by (95% interval)', zh: '比 thaw 好多少（95% 区间）' },
  table: { en: 'The same as a table', zh: '同样内容的表格' },
  no_curve: {
    en: 'How well beliefs come true has not been measured in this store yet.',
    zh: '这个库里还没有测量过可信度有多准。',
  },
  perfect: { en: 'means what it says', zh: '名副其实' },
  curve_label: {
    en: 'Reliability curve of {s}: belief given against share that was so.',
    zh: '{s} 的可靠性曲线：给出的可信度与实际属实的比例。',
  },
} satisfies Record<string, Text>;

/** The groups of numbers in the parameter file. */
export const groups: Record<string, Text> = {
  cap_nats: { en: 'The most a kind of study can show, nats', zh: '各类研究的上限（奈特）' },
  grade: { en: 'Share of it, by grade', zh: '按等级计入的比例' },
  smallest_effect: { en: 'The smallest effect that matters', zh: '有意义的最小效应' },
  transport: { en: 'Kept when carried to other people', zh: '用到其他人群时保留的比例' },
  '': { en: 'Others', zh: '其他' },
};

/** Names of single numbers; kinds of study have theirs already. */
export const names: Record<string, Text> = {
  strong: { en: 'strong', zh: '强' },
  moderate: { en: 'moderate', zh: '中等' },
  unstated: { en: 'not stated', zh: '未说明' },
  weak: { en: 'weak', zh: '弱' },
  definitive: { en: 'panel: definitive', zh: '专家组：确定' },
  panel_strong: { en: 'panel: strong', zh: '专家组：强' },
  limited: { en: 'panel: limited', zh: '专家组：有限' },
  disputed: { en: 'panel: disputed', zh: '专家组：有争议' },
  refuted: { en: 'panel: refuted', zh: '专家组：已否定' },
  alsfrs_r_points_per_month: { en: 'ALSFRS-R points a month', zh: 'ALSFRS-R 分/月' },
  log_ratio: { en: 'log ratio', zh: '对数比值' },
  sd: { en: 'standard deviations', zh: '标准差' },
  molecular: { en: 'molecules and cells', zh: '分子与细胞' },
  trial: { en: 'trials', zh: '试验' },
  allele: { en: 'gene variants', zh: '基因变异' },
  concern_status: { en: 'under an expression of concern', zh: '期刊有关注声明时' },
  same_laboratory: { en: 'same laboratory', zh: '同一实验室' },
  same_consortium: { en: 'same consortium', zh: '同一协作组' },
  confirmatory_n: { en: 'people that make a trial a large one', zh: '多少人算大型试验' },
  ignorance_weight: { en: 'weight of the unknown', zh: '未知的权重' },
};

/** What graded findings are held out by. */
export const folds: Record<string, Text> = {
  disease: { en: 'disease', zh: '疾病' },
  group: { en: 'independent group', zh: '独立组' },
  gene: { en: 'gene', zh: '基因' },
};

/** The presets by name, where the server gives no words. */
export const preset_names: Record<string, Text> = {
  thaw: { en: 'thaw', zh: 'thaw' },
  indra: { en: 'INDRA', zh: 'INDRA' },
  'open-targets': { en: 'Open Targets', zh: 'Open Targets' },
};

/** What was done to a preset before it was measured: "indra, recalibrated". */
const variants: Record<string, Text> = {
  'prior fitted': { en: 'prior fitted', zh: '拟合了起点' },
  'prior and caps fitted': { en: 'prior and caps fitted', zh: '拟合了起点和上限' },
  recalibrated: { en: 'recalibrated', zh: '重新校准' },
  'fitted elsewhere': { en: 'fitted elsewhere', zh: '在别的数据上拟合' },
};

/** The words for a curve: a preset, a preset with what was done to it, or the share of all. */
export function curve_name(code: string): Text {
  if (code === 'share of all') return { en: 'the share of all, always', zh: '始终给出总体比例' };
  const [preset = '', variant] = code.split(', ');
  const own = preset_names[preset] ?? { en: preset, zh: preset };
  if (!variant) return own;
  const done = variants[variant] ?? { en: variant, zh: variant };
  return { en: `${own.en}, ${done.en}`, zh: `${own.zh}，${done.zh}` };
}
