// Words that every page uses. A page's own words stand in its folder.
import type { Text } from './i18n';

export const words = {
  skip: { en: 'Skip to the content', zh: '跳到正文' },
  nav: { en: 'Pages', zh: '页面' },
  answers: { en: 'Answers', zh: '答案' },
  graph: { en: 'Mechanisms', zh: '机制图' },
  people: { en: 'People', zh: '人群' },
  about: { en: 'About', zh: '关于数据' },
  data: { en: 'Ask the data', zh: '问数据' },
  ranking: { en: 'Ranking', zh: '排名' },
  chains: { en: 'Chains', zh: '链条' },
  evidence: { en: 'Evidence', zh: '证据' },
  library: { en: 'All evidence', zh: '论断与文献' },
  review: { en: 'Review', zh: '审阅' },
  contradictions: { en: 'Contradictions', zh: '矛盾' },
  weighing: { en: 'Weighing', zh: '称重' },
  weights: { en: 'Weights', zh: '权重' },
  changes: { en: 'Changes', zh: '变化' },
  people_group: { en: 'Data', zh: '人群与数据' },
  voice_group: { en: 'Voice', zh: '说话与照护' },
  speak: { en: 'Speak', zh: '说话' },
  care: { en: 'Care', zh: '照护' },
  partner: { en: 'Listening', zh: '倾听' },
  report: { en: 'Report', zh: '自评' },
  nav_group: { en: 'Pages under {g}', zh: '{g} 下的页面' },
  denied: {
    en: 'This server lets you read but not change anything from here.',
    zh: '在这里只能阅读，不能改动。',
  },
  denied_why: {
    en: 'Changes are taken on the machine that runs thaw, or on a server that was started to take them.',
    zh: '要改动，请在运行 thaw 的那台电脑上打开，或使用允许改动的服务器。',
  },
  conflict_now: {
    en: 'Something else is changing this just now. Please try again in a moment.',
    zh: '别的操作正在改动它。请稍后再试。',
  },
  not_yet: { en: 'This server cannot do this yet.', zh: '这台服务器还做不到这一点。' },
  cancel: { en: 'Cancel', zh: '取消' },
  close: { en: 'Close', zh: '收起' },
  page_of: { en: '{a}–{b} of {n}', zh: '第 {a}–{b} 条，共 {n} 条' },
  newer: { en: 'Previous', zh: '上一页' },
  older: { en: 'Next', zh: '下一页' },
  past_end: {
    en: 'The list has {n} lines and ends before this place.',
    zh: '列表共有 {n} 条，在这之前就结束了。',
  },
  to_start: { en: 'To its beginning', zh: '回到列表开头' },
  pages: { en: 'Pages of the list', zh: '列表的页' },
  belief: { en: 'belief', zh: '可信度' },
  items_n: { en: '{n} items', zh: '{n} 条证据' },
  item_1: { en: '1 item', zh: '1 条证据' },
  groups_n: { en: '{n} independent groups', zh: '{n} 个独立组' },
  group_1: { en: '1 independent group', zh: '1 个独立组' },
  latest: { en: 'latest {y}', zh: '最近 {y} 年' },
  association: { en: 'no cause shown', zh: '未显示因果' },
  chosen: { en: 'Chosen', zh: '已选' },
  clear: { en: 'Clear', zh: '清除' },
  dark: { en: 'Dark room', zh: '暗室' },
  light: { en: 'Daylight', zh: '日光' },
  footer: {
    en: 'thaw gives information for research. It is not medical advice: please decide about treatment together with your doctor.',
    zh: 'thaw 提供研究信息，不是医疗建议：治疗上的决定，请和您的医生一起做。',
  },
  knowledge: { en: 'Knowledge', zh: '知识版本' },
  loading: { en: 'Loading', zh: '正在载入' },
  retry: { en: 'Try again', zh: '再试一次' },
  unreachable: {
    en: 'The server did not answer. It may still be starting; nothing is lost.',
    zh: '服务器没有回应。它可能还在启动；没有丢失任何东西。',
  },
  not_found: { en: 'We do not know this yet.', zh: '我们还不了解这一项。' },
  bad_input: {
    en: 'This address holds something we cannot read.',
    zh: '这个地址里有我们读不懂的内容。',
  },
  went_wrong: { en: 'This could not be shown just now.', zh: '暂时无法显示。' },
  did_you_mean: { en: 'Perhaps one of these?', zh: '您是不是想找：' },
  back_home: { en: 'Back to the answers', zh: '回到答案' },
  no_page: { en: 'There is no page at this address', zh: '这个地址没有页面' },
  synthetic: { en: 'Synthetic data, no real patients', zh: '模拟数据，非真实患者' },
  to: { en: 'to', zh: '至' },
  no_page_why: {
    en: 'Perhaps a letter was lost on the way. The answers are one step from here.',
    zh: '也许地址里漏了一个字母。从这里一步就能回到答案页。',
  },
  sup: { en: 'for', zh: '支持' },
  opp: { en: 'against', zh: '反对' },
  unknown: { en: 'unknown', zh: '未知' },
  bar: {
    en: 'For {f}, unknown {u}, against {a}. Support {s} nats, opposition {o} nats.',
    zh: '支持 {f}，未知 {u}，反对 {a}。支持 {s} 奈特，反对 {o} 奈特。',
  },
  support: { en: 'support', zh: '支持' },
  opposition: { en: 'opposition', zh: '反对' },
  nats: { en: 'nats', zh: '奈特' },
  raises: { en: 'raises', zh: '升高' },
  lowers: { en: 'lowers', zh: '降低' },
  as_reported_by: { en: 'as reported by', zh: '转引自' },
  retracted: { en: 'retracted: it no longer counts', zh: '已撤稿：不再计入' },
  corrected: { en: 'corrected since', zh: '后有更正' },
  concern: { en: 'the journal has expressed concern', zh: '期刊已发表关注声明' },
  new_tab: { en: '(opens the source)', zh: '（打开来源）' },
  as_of: { en: 'Knowledge up to the year', zh: '只看到这一年为止的知识' },
  today: { en: 'today', zh: '至今' },
  prior: { en: 'Starting point', zh: '起点' },
  even: { en: 'open mind: 50%', zh: '不偏不倚：50%' },
  sceptic: { en: 'sceptical: 10%', zh: '多疑一些：10%' },
  prior_ask: { en: 'Why two starting points?', zh: '为什么有两个起点？' },
  prior_why: {
    en: 'What we believe before reading any evidence. Most ideas fail, so a sceptical start of 10% is also fair: only strong evidence gets over it.',
    zh: '还没看任何证据时的看法。大多数想法最后都不成立，所以从 10% 起步也合理：只有强证据能越过它。',
  },
  search: { en: 'Search a drug, gene or process', zh: '查找药物、基因或过程' },
  no_match: { en: 'Nothing by that name yet.', zh: '暂时没有这个名称。' },
  n_matches: { en: '{n} suggestions, arrow keys to choose', zh: '{n} 个建议，用方向键选择' },
  claims_n: { en: '{n} claims', zh: '{n} 条论断' },
  colon: { en: ': ', zh: '：' },
  as_of_bad: {
    en: 'Please give a year from {a} to {b}, or leave it empty for today.',
    zh: '请填 {a} 到 {b} 之间的年份，留空表示至今。',
  },
  as_of_kept: { en: 'What is shown below has not changed.', zh: '下面显示的内容没有变。' },
  prior_own: { en: 'The starting point of this address is {p}.', zh: '这个地址里的起点是 {p}。' },
} satisfies Record<string, Text>;

/** What kinds of study and of concept are called; an unknown kind shows its own name. */
export const kinds: Record<string, Text> = {
  meta_analysis_rct: { en: 'pooled randomised trials', zh: '随机试验汇总分析' },
  rct: { en: 'randomised trial', zh: '随机试验' },
  rct_confirmatory: { en: 'large randomised trial', zh: '确证性随机试验' },
  rct_phase2: { en: 'smaller randomised trial', zh: '较小的随机试验' },
  open_label: { en: 'trial without comparison', zh: '开放标签试验' },
  subgroup_analysis: { en: 'a subgroup of a trial', zh: '试验的亚组分析' },
  definition: { en: 'by definition', zh: '按定义' },
  expert_panel: { en: 'expert panel', zh: '专家组审定' },
  mendelian_variant: { en: 'disease gene in families', zh: '家系致病变异' },
  rare_variant_or_gwas: { en: 'human genetics', zh: '人类遗传学' },
  mendelian_randomisation: { en: 'natural experiment of genes', zh: '孟德尔随机化' },
  adjusted_cohort: { en: 'cohort followed over time', zh: '队列研究' },
  human_pathology: { en: 'human tissue', zh: '人体组织病理' },
  registry_analysis: { en: 'registry analysis', zh: '登记库分析' },
  animal: { en: 'animal study', zh: '动物研究' },
  patient_cells: { en: 'cells from patients', zh: '患者来源细胞' },
  in_vitro: { en: 'cells or test tube', zh: '体外实验' },
  omics: { en: 'omics measurement', zh: '组学测量' },
  review: { en: 'review', zh: '综述' },
  text_mined: { en: 'read by machine', zh: '机器读出' },
  opinion: { en: 'opinion', zh: '意见' },
  drug: { en: 'drug', zh: '药物' },
  intervention: { en: 'intervention', zh: '干预' },
  gene: { en: 'gene', zh: '基因' },
  gene_variant: { en: 'gene variant', zh: '基因变异' },
  protein: { en: 'protein', zh: '蛋白' },
  transcript: { en: 'transcript', zh: '转录本' },
  process: { en: 'process', zh: '过程' },
  pathology: { en: 'pathology', zh: '病理' },
  phenotype: { en: 'sign or symptom', zh: '表型' },
  disease: { en: 'disease', zh: '疾病' },
  biomarker: { en: 'biomarker', zh: '生物标志物' },
  exposure: { en: 'exposure', zh: '暴露' },
  cell_type: { en: 'cell type', zh: '细胞类型' },
  outcome: { en: 'outcome', zh: '结局' },
  structure: { en: 'part of the body or cell', zh: '解剖或细胞结构' },
  model: { en: 'animal or cell model', zh: '动物或细胞模型' },
};

/** Who or what read an item out of its source. */
export const extractors: Record<string, Text> = {
  'curated import': { en: 'gathered by hand', zh: '人工整理' },
  person: { en: 'read by a person', zh: '人工读出' },
  'thaw-reader-1': { en: 'read by thaw', zh: 'thaw 读出' },
  indra: { en: 'from INDRA', zh: '来自 INDRA' },
};

/** The words for who or what read an item; a model is called by its name, a database by its own. */
export function extractor_text(code: string): Text {
  const model = code.startsWith('llm:') ? code.slice(4) : null;
  if (model === null) return named(extractors, code);
  return { en: `read by ${model}`, zh: `${model} 读出` };
}

/** The relation verbs of the graph. */
const relations: Record<string, Text> = {
  slows: { en: 'slows', zh: '延缓' },
  worsens: { en: 'worsens', zh: '加重' },
  extends: { en: 'extends', zh: '延长' },
  prolongs: { en: 'prolongs', zh: '延长' },
  shortens: { en: 'shortens', zh: '缩短' },
  improves: { en: 'improves', zh: '改善' },
  impairs: { en: 'impairs', zh: '损害' },
  raises: { en: 'raises', zh: '升高' },
  lowers: { en: 'lowers', zh: '降低' },
  causes: { en: 'causes', zh: '导致' },
  protects_against: { en: 'protects against', zh: '防止' },
  increases: { en: 'increases', zh: '增加' },
  decreases: { en: 'decreases', zh: '减少' },
  increases_risk: { en: 'raises the risk of', zh: '增加风险' },
  accelerates: { en: 'accelerates', zh: '加速' },
  perturbs: { en: 'perturbs', zh: '扰乱' },
  binds: { en: 'binds', zh: '结合' },
  has_phenotype: { en: 'shows', zh: '可见' },
  has_pathology: { en: 'shows', zh: '可见病理' },
  predicts: { en: 'predicts', zh: '可预测' },
  precedes: { en: 'comes before', zh: '早于' },
  affected_in: { en: 'is affected in', zh: '受累于' },
  associated_with: { en: 'is found together with', zh: '与之相关' },
  modulates: { en: 'modulates', zh: '调节' },
  spreads_along: { en: 'spreads along', zh: '沿此扩展' },
};

/** The verb of a claim. The mirror of a claim has no verb of its own: it raises or lowers. */
export function verb(claim: { relation: string | null; sign: '+' | '-' }): Text {
  if (!claim.relation || claim.relation.startsWith('opposite_of_'))
    return claim.sign === '+' ? words.raises : words.lowers;
  return named(relations, claim.relation);
}

/** The words of a code the server uses; a code we have no words for is shown with its underscores as blanks. */
export function named(list: Record<string, Text>, code: string): Text {
  return list[code] ?? { en: code.replaceAll('_', ' '), zh: code.replaceAll('_', ' ') };
}
