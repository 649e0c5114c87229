import type { Text } from '../i18n';

export const claim_words = {
  back: { en: 'All answers', zh: '全部答案' },
  see_graph: { en: 'See it in the mechanism graph', zh: '在机制图中查看' },
  title: { en: '{s} and {o}', zh: '{s} 与 {o}' },
  lead: {
    en: 'Everything we know that speaks for or against, each with its source. Groups count, not papers: ten papers on one trial weigh like one.',
    zh: '我们所知的一切支持与反对，每一项都有来源。计数的是独立组，不是论文篇数：同一试验的十篇论文只算一份。',
  },
  need_both: {
    en: 'This page compares two things, and the address names only one or none. Choose a candidate on the answers page.',
    zh: '这一页比较两样东西，但地址里没有写全。请在答案页选一个候选。',
  },
  belief: { en: 'belief', zh: '可信度' },
  belief_from: { en: 'starting from {p}', zh: '从 {p} 起算' },
  belief_range: {
    en: 'between {a} and {b}, since a sign or an estimate was not printed',
    zh: '介于 {a} 与 {b} 之间，因为有的来源没有印出方向或估计值',
  },
  not_causal: {
    en: 'Found together, not shown to be a cause: it is never an arrow of the graph.',
    zh: '只是同时出现，并未显示因果：不会成为图中的箭头。',
  },
  raises: { en: 'raises', zh: '升高' },
  only_for: { en: 'only for', zh: '仅限' },
  conflict: { en: 'The evidence disagrees with itself.', zh: '证据之间互相矛盾。' },
  groups: { en: 'Evidence, by independent group', zh: '证据（按独立组）' },
  counts: { en: 'counts', zh: '计入' },
  counts_not: { en: 'does not count', zh: '不计入' },
  no_figure: { en: 'No figure is recorded on this side.', zh: '这一侧没有记录到数字。' },
  also_printed: { en: 'Also printed', zh: '另有印出' },
  printed: { en: 'As printed', zh: '原文数字' },
  derived: { en: 'How the figure was derived', zh: '数字如何换算' },
  disagree: {
    en: 'The reports of this group disagree with each other.',
    zh: '这一组的几份报告彼此不一致。',
  },
  people_n: { en: '{n} people', zh: '{n} 人' },
  no_year: { en: 'no year', zh: '无年份' },
  interval95: { en: '95% interval', zh: '95% 区间' },
  interval_derived: { en: '95% interval, worked out', zh: '95% 区间（推算）' },
  note: { en: 'Note', zh: '备注' },
  better_left: { en: 'better is to the left', zh: '越靠左越好' },
  better_right: { en: 'better is to the right', zh: '越靠右越好' },
  pooled: { en: 'Pooled', zh: '合并估计' },
  pooled_how: {
    en: '{k} results, {m} effects, I² {i}, Q {q} on {d} degrees of freedom',
    zh: '{k} 个结果，{m}效应模型，I² {i}，Q {q}（自由度 {d}）',
  },
  pooled_note: {
    en: 'Shown beside the weight; the weight is counted group by group.',
    zh: '供对照；权重是按组逐一计算的。',
  },
  fixed: { en: 'fixed', zh: '固定' },
  random: { en: 'random', zh: '随机' },
  forest: { en: 'Effects with their intervals', zh: '效应与区间' },
  study: { en: 'Study', zh: '研究' },
  no_effect: { en: 'no effect', zh: '无效应' },
  smallest: { en: 'shaded: smaller than would matter', zh: '阴影：小到没有意义的范围' },
  log_scale: { en: 'log scale', zh: '对数刻度' },
  derivation: { en: 'The weight, line by line', zh: '权重的逐行推导' },
  undated: {
    en: 'Left out because the question has a year and these have none',
    zh: '因为提问限定了年份而这些没有年份，未计入',
  },
  no_claims: { en: 'No direct finding on these two yet.', zh: '这两者之间还没有直接的研究发现。' },
  through: {
    en: 'What we have are chains through other claims:',
    zh: '我们有的是经过其他论断的链条：',
  },
  no_chains: {
    en: 'No chain of claims joins them either. A study here would be the first.',
    zh: '也没有链条把它们连起来。在这里做研究将是第一个。',
  },
  next_title: { en: 'What you can do from here', zh: '接下来可以做什么' },
  next_from: { en: 'See what {s} acts on', zh: '看 {s} 作用于什么' },
  next_to: { en: 'See what acts on {o}', zh: '看什么作用于 {o}' },
  next_rank: { en: 'See the ranking for {o}', zh: '看 {o} 的排名' },
  next_ask: { en: 'What should be studied next about {o}?', zh: '关于 {o}，下一步该研究什么？' },
  next_study: {
    en: 'Ask what should be studied next about {o}',
    zh: '问一问：关于 {o}，下一步该研究什么',
  },
  next_add: {
    en: 'If you know a study on these two, it can be added with',
    zh: '如果您知道研究这两者的文献，可以用下面的命令加入：',
  },
  look_up: { en: 'Look the name up among what we know', zh: '在我们已知的名称里查找' },
  would_add: { en: 'What this registry would add', zh: '这个登记库会带来什么' },
  would_add_note: {
    en: 'Made from synthetic people: shown beside the weight, never in it.',
    zh: '由模拟人群算出：只放在旁边对照，绝不计入权重。',
  },
  would_move: {
    en: 'It would move the belief from {a} to {b} ({n} nats).',
    zh: '它会把可信度从 {a} 移到 {b}（{n} 奈特）。',
  },
  target: { en: 'target trial', zh: '目标试验' },
  open_people: { en: 'See how it was estimated', zh: '看它是怎么估计的' },
  settings: {
    en: 'Ask as of another year, or start more sceptically',
    zh: '换一个年份，或从更多疑的起点看',
  },
  supports: { en: 'supports', zh: '支持' },
  opposes: { en: 'opposes', zh: '反对' },
  silent: { en: 'says nothing either way', zh: '两边都不说明' },
  no_effect_seen: { en: 'no effect seen', zh: '未见效应' },
  inconclusive: { en: 'inconclusive', zh: '不能定论' },
} satisfies Record<string, Text>;

/** The words for a direction code; a code without words shows itself. */
export function direction(code: string): Text {
  return (claim_words as Record<string, Text>)[code] ?? { en: code, zh: code };
}

/** The measures of an effect as printed; a measure without words shows its own name. */
export const measures: Record<string, Text> = {
  hazard_ratio: { en: 'hazard ratio', zh: '风险比' },
  HR: { en: 'hazard ratio', zh: '风险比' },
  risk_ratio: { en: 'risk ratio', zh: '相对危险度' },
  odds_ratio: { en: 'odds ratio', zh: '比值比' },
  disease_rate_ratio: { en: 'ratio of disease rates', zh: '疾病进展速率比' },
  event_counts: { en: 'from counts of events', zh: '由事件数得出' },
  event_rates: { en: 'from rates of events', zh: '由事件率得出' },
  survival_proportions: { en: 'from shares alive', zh: '由存活比例得出' },
  ratio_null: { en: 'reported as no difference', zh: '报告为无差异' },
  alsfrs_r_null: { en: 'reported as no difference', zh: '报告为无差异' },
  alsfrs_r_change_difference: { en: 'difference in change of ALSFRS-R', zh: 'ALSFRS-R 变化之差' },
  alsfrs_r_rate_difference: { en: 'difference in rate of ALSFRS-R', zh: 'ALSFRS-R 速率之差' },
  alsfrs_r_change_arms: { en: 'from the change in each arm', zh: '由两组各自的变化得出' },
  alsfrs_r_rate_arms: { en: 'from the rate in each arm', zh: '由两组各自的速率得出' },
  'points/month': { en: 'ALSFRS-R points a month', zh: 'ALSFRS-R 分/月' },
  cafs_arms: { en: 'from the CAFS score of each arm', zh: '由两组的 CAFS 得分得出' },
  other: { en: 'as printed', zh: '原文形式' },
};

/** The scale an effect is shown on, by its unit. */
export const scales: Record<string, Text> = {
  ratio: { en: 'ratio', zh: '比值' },
  'points/month': { en: 'ALSFRS-R points a month', zh: 'ALSFRS-R 分/月' },
  SD: { en: 'standard deviations', zh: '标准差' },
  '': { en: 'no unit', zh: '无单位' },
};

/** Ancestries as evidence items state them. */
export const populations: Record<string, Text> = {
  east_asian: { en: 'East Asian people', zh: '东亚人群' },
  european: { en: 'European people', zh: '欧洲人群' },
};
