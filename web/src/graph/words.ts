import type { Text } from '../i18n';

export const graph_words = {
  tab: { en: 'Mechanisms', zh: '机制图' },
  title: { en: 'What acts on what', zh: '什么作用于什么' },
  title_of: { en: 'Around {c}', zh: '{c} 的周围' },
  lead: {
    en: 'Causes on the left, consequences on the right. A wider line has more evidence. Open a box to stand on it, open a line to see its evidence.',
    zh: '原因在左，结果在右。线越粗，证据越多。点方框以它为中心，点线看它的证据。',
  },
  depth: { en: 'Steps away', zh: '相隔几步' },
  picture: { en: 'Picture', zh: '图' },
  list: { en: 'List', zh: '列表' },
  view: { en: 'Show as', zh: '显示为' },
  zoom_in: { en: 'Zoom in', zh: '放大' },
  zoom_out: { en: 'Zoom out', zh: '缩小' },
  fit: { en: 'Show all', zh: '显示全部' },
  keys: {
    en: 'Drag to move; pinch, or Ctrl and wheel, to zoom. Keys: + − to zoom, arrows to move, 0 for all, Tab from box to box, Enter to open.',
    zh: '拖动以移动；双指或 Ctrl 加滚轮缩放。按键：+ − 缩放，方向键移动，0 显示全部，Tab 逐个切换，回车打开。',
  },
  raises: { en: 'raises', zh: '升高' },
  lowers: { en: 'lowers (bar at its end, dashed)', zh: '降低（末端横杠，虚线）' },
  together: { en: 'found together, no cause shown', zh: '同时出现，未显示因果' },
  legend: { en: 'Legend', zh: '图例' },
  label: {
    en: 'Mechanism graph around {c}: {n} concepts, {e} claims. The same as a list: choose List above.',
    zh: '{c} 周围的机制图：{n} 个概念，{e} 条论断。可在上方选“列表”查看同样内容。',
  },
  truncated: {
    en: 'Only the best supported part is shown; the graph goes on beyond it.',
    zh: '这里只显示证据最多的部分；图在外面还有延续。',
  },
  empty: {
    en: 'Nothing is joined to this yet. It may be the place for a first study.',
    zh: '还没有东西与它相连。也许这里正缺第一个研究。',
  },
  from: { en: 'From', zh: '从' },
  acts: { en: 'acts', zh: '作用' },
  onto: { en: 'On', zh: '到' },
  evidence: { en: 'Support / opposition, nats', zh: '支持/反对（奈特）' },
  belief: { en: 'Belief', zh: '可信度' },
  groups: { en: 'Groups', zh: '独立组' },
  node: { en: '{n}, {k}, {d} claims: stand on it', zh: '{n}，{k}，{d} 条论断：以它为中心' },
  edge: {
    en: '{a} {r} {b}: support {s}, opposition {o} nats, belief {p}',
    zh: '{a} {r} {b}：支持 {s}，反对 {o} 奈特，可信度 {p}',
  },
} satisfies Record<string, Text>;
