import type { Text } from '../i18n';

export const data_words = {
  tab: { en: 'Ask the data', zh: '问数据' },
  title: { en: 'Ask the data', zh: '问数据' },
  lead: {
    en: 'From a table and a question to an estimate with everything that could be wrong with it. Five steps, each on this page; nothing leaves this machine.',
    zh: '从一张表和一个问题，到一个估计值，以及它可能错在哪里。一共五步，都在这一页上；数据不会离开这台电脑。',
  },
  step: { en: 'Step {n}', zh: '第 {n} 步' },
  data: { en: 'The data', zh: '数据' },
  data_lead: {
    en: 'Bring a table: a CSV file with one row a person and one column a variable. Or take a cohort of the registry.',
    zh: '放一张表：CSV 文件，每人一行，每个变量一列。也可以从登记库中取一个队列。',
  },
  choose_file: { en: 'Choose a CSV file', zh: '选择 CSV 文件' },
  drop: { en: 'or drop it here', zh: '或拖到这里' },
  sending: { en: 'Sending {f}', zh: '正在传送 {f}' },
  reading: { en: 'Reading {f}', zh: '正在读取 {f}' },
  no_table: { en: 'This file cannot be read as a table.', zh: '无法把这个文件当作表格读取。' },
  not_so: { en: 'This cannot be done as asked.', zh: '按现在的设定做不到。' },
  cohort: {
    en: 'Registry: people at their first report, and whether they started',
    zh: '登记库：首次报告时的人，以及是否开始用',
  },
  take_cohort: { en: 'Take this cohort', zh: '取这个队列' },
  held: { en: '{f}: {r} rows, {v} variables', zh: '{f}：{r} 行，{v} 个变量' },
  another: { en: 'Another table', zh: '换一张表' },
  synthetic: {
    en: 'These people are made up. What comes out says nothing about ALS.',
    zh: '这些人是虚构的。结果不说明任何关于渐冻症的事。',
  },
  variables: { en: 'Variables', zh: '变量' },
  variables_lead: {
    en: 'Take out what is no cause and no effect of anything here, such as a row number. Check that codes are not taken for amounts.',
    zh: '去掉与因果无关的列，比如行号。请检查：编码没有被当作数量。',
  },
  use: { en: 'Use', zh: '使用' },
  use_it: { en: 'use {v}', zh: '使用 {v}' },
  variable: { en: 'Variable', zh: '变量' },
  kind: { en: 'Kind', zh: '类型' },
  kind_of: { en: 'kind of {v}', zh: '{v} 的类型' },
  amount: { en: 'amount', zh: '数量' },
  category: { en: 'category', zh: '类别' },
  no_variable: { en: 'not usable: {t}', zh: '不能用：{t}' },
  missing: { en: 'Missing', zh: '缺失' },
  missing_n: { en: '{n} ({p})', zh: '{n}（{p}）' },
  none_missing: { en: 'none', zh: '无' },
  few: { en: '1–10', zh: '1–10' },
  holds: { en: 'What it holds', zh: '内容' },
  number_holds: {
    en: 'median {m}, half between {a} and {b}',
    zh: '中位数 {m}，半数在 {a} 与 {b} 之间',
  },
  level_holds: { en: '{l}: {n}', zh: '{l}：{n}' },
  more_levels: { en: 'and {n} more', zh: '另有 {n} 类' },
  question: { en: 'The question', zh: '问题' },
  question_lead: {
    en: 'What would change in the outcome if the treatment were set for everybody?',
    zh: '如果给所有人都设定这个处理，结局会有什么变化？',
  },
  treatment: { en: 'Treatment or exposure', zh: '处理或暴露' },
  outcome: { en: 'Outcome', zh: '结局' },
  time: {
    en: 'Followed for (only where the outcome is an event)',
    zh: '随访时间（仅当结局是事件时）',
  },
  no_time: { en: 'not an event over time', zh: '不是随时间发生的事件' },
  choose: { en: 'choose', zh: '请选择' },
  graph: { en: 'How things hang together', zh: '各变量之间的关系' },
  graph_lead: {
    en: 'Draw what you know, or let the data propose a graph and correct it. The answer is only as right as this picture.',
    zh: '画出您知道的，或让数据先提出一张图，再由您更正。图若不对，答案也不会对。',
  },
  propose: { en: 'Let the data propose', zh: '让数据提出' },
  method: { en: 'Method', zh: '方法' },
  methods: { en: 'What each method assumes', zh: '各方法的假设' },
  samples: { en: 'Repeat on resampled people', zh: '重复抽样次数' },
  no_samples: { en: 'no', zh: '不重复' },
  times: { en: '{n} times', zh: '{n} 次' },
  last: { en: 'The outcome comes last in time', zh: '结局在时间上最后' },
  start: { en: 'Propose a graph', zh: '提出一张图' },
  working: { en: 'Working', zh: '正在计算' },
  stopped: { en: 'Stopped.', zh: '已停止。' },
  failed: { en: 'This could not be done: ', zh: '没有做成：' },
  proposed: {
    en: '{m} found {n} edges among {v} variables.',
    zh: '{m} 在 {v} 个变量中找到 {n} 条边。',
  },
  as_picture: { en: 'Picture', zh: '图' },
  as_list: { en: 'List', zh: '列表' },
  show_as: { en: 'Show as', zh: '显示为' },
  draw_help: {
    en: 'Press one variable, then another: the first then causes the second. Press an arrow to change or remove it. Tab and Enter do the same; Esc lets go.',
    zh: '先点一个变量，再点另一个：前者就影响后者。点箭头可以更改或删除。用 Tab 和回车也一样；Esc 取消。',
  },
  picked: { en: '{a} is picked: now choose what it causes.', zh: '已选 {a}：请再选它影响的变量。' },
  node_label: { en: 'variable {v}', zh: '变量 {v}' },
  edge_picked: { en: 'This edge', zh: '这条边' },
  remove: { en: 'Remove', zh: '删除' },
  remove_edge: { en: 'remove: {e}', zh: '删除：{e}' },
  change_edge: { en: 'change: {e}', zh: '更改：{e}' },
  add: { en: 'Add', zh: '添加' },
  add_edge: { en: 'Add an edge', zh: '添加一条边' },
  from: { en: 'From', zh: '从' },
  to: { en: 'To', zh: '到' },
  says: { en: 'It says', zh: '含义' },
  no_edges: {
    en: 'No edges yet. Without any, nothing causes anything here.',
    zh: '还没有边。没有边，就是说这里没有任何因果关系。',
  },
  edges_n: { en: '{n} edges', zh: '{n} 条边' },
  seen_in: { en: 'in {p} of resamples', zh: '在 {p} 的抽样中出现' },
  circle: {
    en: 'These run in a circle: {c}. Nothing can cause itself; turn one of them around or remove it.',
    zh: '这些首尾相接成了一圈：{c}。没有什么能成为自己的原因；请调转或删除其中一条。',
  },
  answerable: { en: 'Can this be answered?', zh: '这个问题能回答吗？' },
  answerable_lead: {
    en: 'Whether these data could tell the effect, if the picture above is right.',
    zh: '如果上面的图是对的，这些数据能不能说出效果。',
  },
  need_question: {
    en: 'Choose a treatment and an outcome first.',
    zh: '请先选择处理和结局。',
  },
  adjust_for: { en: 'Hold equal between the groups', zh: '让两组在这些方面可比' },
  nothing: { en: 'nothing', zh: '不需要任何变量' },
  estimate: { en: 'The estimate', zh: '估计' },
  estimand: { en: 'For whom', zh: '针对谁' },
  ate: { en: 'everybody', zh: '所有人' },
  att: { en: 'those treated', zh: '受处理的人' },
  atc: { en: 'those not treated', zh: '未受处理的人' },
  estimate_now: { en: 'Estimate', zh: '开始估计' },
  effect_in: { en: 'Effect ({u}), 95 % interval', zh: '效果（{u}），95% 区间' },
  picture_of: { en: 'Picture', zh: '图示' },
  love_lead: {
    en: 'How many standard deviations the groups are apart. Ring: as they came. Full dot: after weighting. Beyond the dashed line (0.1) they are not alike.',
    zh: '两组相差多少个标准差。空心：原来；实心：加权之后。超过虚线（0.1）就不算可比。',
  },
  apart: { en: 'apart', zh: '差距' },
  before: { en: 'before', zh: '之前' },
  after: { en: 'after', zh: '之后' },
  curves_label: {
    en: 'Share still free of the event over time, a line for each group with its 95 % band; the figures are in the table below',
    zh: '随时间仍未发生事件的比例，每组一条线和 95% 区间；数字见下表',
  },
  as_table: { en: 'As a table', zh: '以表格显示' },
  learner: { en: 'Models learnt by', zh: '模型的学习方法' },
  linear: { en: 'regression', zh: '回归' },
  lasso: { en: 'lasso', zh: 'lasso' },
  boosting: { en: 'boosted trees', zh: '提升树' },
  forest: { en: 'random forest', zh: '随机森林' },
  headline: {
    en: '{t} changes {y} by {e} {u}; 95 % interval {a} to {b}',
    zh: '{t} 使 {y} 改变 {e} {u}；95% 区间 {a} 至 {b}',
  },
  treated_arm: { en: 'with {t}', zh: '用 {t}' },
  untreated_arm: { en: 'without {t}', zh: '不用 {t}' },
  hazard_headline: {
    en: 'With {t}, {y} comes at {e} times the rate; 95 % interval {a} to {b}',
    zh: '用 {t} 时，{y} 的发生速率是不用时的 {e} 倍；95% 区间 {a} 至 {b}',
  },
  hazard_ratio: { en: 'weighted hazard ratio', zh: '加权风险率比' },
  naive_hazard_ratio: { en: 'unweighted, for comparison', zh: '未加权，仅作对照' },
  at_horizon: {
    en: 'By {h}: {d} more free of the event ({a} to {b}); {r} more time free of it on average ({c} to {f}).',
    zh: '到 {h} 时：未发生事件的比例多 {d}（{a} 至 {b}）；平均多 {r} 的无事件时间（{c} 至 {f}）。',
  },
  people_arms: {
    en: '{n} people, {t} treated, {e} events; {x} left out for a missing value',
    zh: '{n} 人，其中 {t} 人受处理，{e} 起事件；{x} 人因数据缺失未计入',
  },
  own_unit: { en: 'in its own unit', zh: '（原单位）' },
  balance: { en: 'Are the groups alike?', zh: '两组可比吗？' },
  checks: { en: 'What could be wrong with it', zh: '它可能错在哪里' },
  failed_check: { en: 'fails', zh: '不通过' },
  caution: { en: 'careful', zh: '当心' },
  passed: { en: 'holds', zh: '通过' },
  not_done: { en: 'not done', zh: '未做' },
  people_used: {
    en: '{n} people used, {x} left out for a missing value',
    zh: '用了 {n} 人，{x} 人因数据缺失未计入',
  },
  same_again: {
    en: 'Data {h}, seed {s}: whoever has the same table gets the same numbers.',
    zh: '数据 {h}，随机种子 {s}：用同一张表，得到同样的数字。',
  },
  take: { en: 'Keep and pass on', zh: '保存与传递' },
  take_lead: {
    en: 'The whole analysis is one file: anyone with the same table gets the same bytes again.',
    zh: '整个分析是一个文件：任何人用同一张表重算，得到的每个字节都一样。',
  },
  download: { en: 'Download the analysis (JSON)', zh: '下载分析（JSON）' },
  to_evidence: { en: 'Send to evidence', zh: '送入证据库' },
  to_evidence_lead: {
    en: 'Say what treatment and outcome are among the concepts of the evidence. The estimate becomes an item of its own kind, with an allowance for what was not measured, and the weight of that claim moves.',
    zh: '请指明处理和结局对应证据库中的哪个概念。这个估计会成为一条单独类型的证据，并为没测到的因素留出余量，该论断的权重会随之变化。',
  },
  treatment_is: { en: 'The treatment is', zh: '处理是' },
  outcome_is: { en: 'The outcome is', zh: '结局是' },
  higher_means: {
    en: 'A higher outcome (or its event) means',
    zh: '结局数值更高（或事件发生）意味着',
  },
  more_of_it: { en: 'more of that concept', zh: '该概念更多' },
  less_of_it: { en: 'less of that concept', zh: '该概念更少' },
  send: { en: 'Send', zh: '送出' },
  passed_on: { en: 'It is in the evidence now, as item {i}.', zh: '已进入证据库，编号 {i}。' },
  script: { en: 'Download as an R script', zh: '下载为 R 脚本' },
} satisfies Record<string, Text>;

/** The ways to learn a graph, with what each takes for granted. */
export const discovery_methods: readonly (readonly [string, Text, Text])[] = [
  [
    'boss',
    { en: 'BOSS', zh: 'BOSS' },
    {
      en: 'Best order by score. Takes for granted that every common cause was measured.',
      zh: '按评分寻找最优次序。假设所有共同原因都测到了。',
    },
  ],
  [
    'boss-fci',
    { en: 'BOSS-FCI', zh: 'BOSS-FCI' },
    {
      en: 'Allows hidden common causes; says less, and is right more often about what it says.',
      zh: '允许有没测到的共同原因；说得少一些，但说出来的更可靠。',
    },
  ],
  [
    'pc',
    { en: 'PC', zh: 'PC' },
    {
      en: 'By tests of independence. Takes for granted that every common cause was measured.',
      zh: '靠独立性检验。假设所有共同原因都测到了。',
    },
  ],
  [
    'fci',
    { en: 'FCI', zh: 'FCI' },
    {
      en: 'By tests of independence, with hidden common causes allowed.',
      zh: '靠独立性检验，允许有没测到的共同原因。',
    },
  ],
  [
    'ges',
    { en: 'GES', zh: 'GES' },
    {
      en: 'Edge by edge by score. Takes for granted that every common cause was measured.',
      zh: '按评分逐条增删。假设所有共同原因都测到了。',
    },
  ],
  [
    'lingam',
    { en: 'DirectLiNGAM', zh: 'DirectLiNGAM' },
    {
      en: 'Uses non-normal noise to tell directions; amounts only, straight lines only.',
      zh: '利用非正态的噪声判断方向；只适用于数量变量和线性关系。',
    },
  ],
];

/** The ways to estimate, with what each rests on. */
export const effect_methods: readonly (readonly [string, Text, Text])[] = [
  [
    'aipw',
    { en: 'Doubly robust (AIPW)', zh: '双重稳健（AIPW）' },
    {
      en: 'Right if either the model of who is treated or the model of the outcome is right.',
      zh: '只要“谁会受处理”和“结局如何”两个模型中有一个对，结果就对。',
    },
  ],
  [
    'tmle',
    { en: 'Targeted (TMLE)', zh: '靶向估计（TMLE）' },
    {
      en: 'Doubly robust too; stays within what the outcome can be.',
      zh: '同样双重稳健；结果不会超出结局可能的范围。',
    },
  ],
  [
    'gformula',
    { en: 'Standardisation (g-formula)', zh: '标准化（g 公式）' },
    { en: 'Rests on the model of the outcome.', zh: '依赖结局模型。' },
  ],
  [
    'ipw',
    { en: 'Weighting (IPW)', zh: '加权（IPW）' },
    { en: 'Rests on the model of who is treated.', zh: '依赖“谁会受处理”的模型。' },
  ],
  [
    'match',
    { en: 'Matching', zh: '匹配' },
    {
      en: 'Compares each person with the most alike in the other group.',
      zh: '把每个人与另一组中最相像的人比较。',
    },
  ],
  [
    'dml',
    { en: 'Double machine learning', zh: '双重机器学习' },
    {
      en: 'Lets learners find the shape of the confounding; one effect for everybody.',
      zh: '由学习器去找混杂的形状；假定效果人人相同。',
    },
  ],
  [
    'ols',
    { en: 'Regression', zh: '回归' },
    {
      en: 'Straight lines and one effect for everybody.',
      zh: '假定线性，且效果人人相同。',
    },
  ],
];

export const estimands: readonly (readonly [string, Text])[] = [
  ['ate', data_words.ate],
  ['att', data_words.att],
  ['atc', data_words.atc],
];

export const crude: Text = { en: 'Plain difference', zh: '未校正的差' };
