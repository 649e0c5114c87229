import type { Text } from '../i18n';

export const about_words = {
  title: { en: 'About this data', zh: '关于数据' },
  lead: {
    en: 'Where everything comes from, how it is weighed, and what it cannot tell you.',
    zh: '一切从哪里来，怎样称重，以及它不能告诉您什么。',
  },
  in_store: { en: 'In the store now', zh: '目前库中' },
  claims: { en: 'claims', zh: '条论断' },
  items: { en: 'evidence items', zh: '个证据条目' },
  sources_n: { en: 'sources', zh: '个来源' },
  concepts: { en: 'concepts', zh: '个概念' },
  people: { en: 'people', zh: '人' },
  reports: { en: 'reports', zh: '次填报' },
  synthetic: {
    en: "The people are synthetic: made by a program, to try the platform without anyone's records.",
    zh: '这些人是模拟的：由程序生成，用来在不动任何人病历的情况下试用平台。',
  },
  no_registry: {
    en: 'There is no registry in this store; the answers rest on published findings alone.',
    zh: '库中没有登记数据；答案只依据已发表的研究。',
  },
  sources: { en: 'Sources and licences', zh: '来源与许可' },
  name: { en: 'Name', zh: '名称' },
  what: { en: 'What it gives', zh: '提供什么' },
  licence: { en: 'Licence', zh: '许可' },
  parameters: { en: 'The numbers the weights are made with', zh: '用来计算权重的数字' },
  parameters_note: {
    en: 'One file holds them all. Changing a number changes the weights, and nothing else does.',
    zh: '它们都在同一个文件里。改动一个数，权重随之改变；除此之外没有别的机关。',
  },
  parameter: { en: 'Parameter', zh: '参数' },
  value: { en: 'Value', zh: '值' },
} satisfies Record<string, Text>;
