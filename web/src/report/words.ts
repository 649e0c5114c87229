import type { Text } from '../i18n';
import type { Domain } from './report';

export const report_words = {
  tab: { en: 'My report', zh: '我的自评' },
  title: { en: 'How am I doing?', zh: '我现在怎么样？' },
  lead: {
    en: 'Twelve questions of the ALSFRS-R, one at a time, each answered with one look. Nothing is timed; what you do not want to answer stays open.',
    zh: 'ALSFRS-R 的十二个问题，一次一个，看一眼就能回答。不计时间；不想答的可以空着。',
  },
  stays: {
    en: 'Your answers stay on this machine until you consent to give them to the registry.',
    zh: '您的回答只留在这台电脑上，直到您同意交给登记库。',
  },
  stays_how: {
    en: '“thaw care export” writes them to a file in a form that the registry can take over.',
    zh: '用命令 thaw care export 可以导出成登记库能接收的文件。',
  },
  begin: { en: 'Begin', zh: '开始' },
  go_on: { en: 'Go on where you stopped', zh: '接着上次继续' },
  anew: { en: 'Begin anew', zh: '重新开始' },
  n_of: { en: 'Question {i} of {n}', zh: '第 {i} 题，共 {n} 题' },
  item_n: { en: 'Item {i}', zh: '第 {i} 项' },
  points: { en: '{n} points', zh: '{n} 分' },
  back: { en: 'Back', zh: '上一题' },
  skip: { en: 'Leave open', zh: '先空着' },
  stop: { en: 'Stop for now', zh: '先停一下' },
  chosen_before: { en: 'your answer so far', zh: '目前的回答' },
  tube: {
    en: 'Do you have a feeding tube into the stomach?',
    zh: '有没有通到胃里的喂养管（胃造瘘）？',
  },
  tube_why: {
    en: 'The next question differs with it.',
    zh: '下一题会因此不同。',
  },
  tube_yes: { en: 'Yes', zh: '有' },
  tube_no: { en: 'No', zh: '没有' },
  summary: { en: 'Your answers', zh: '您的回答' },
  domains: { en: 'Four domains', zh: '四个方面' },
  of_12: { en: '{p} of 12', zh: '{p} / 12' },
  range: { en: '{a} to {b}', zh: '{a} 至 {b}' },
  total: { en: 'Total', zh: '总分' },
  of_48: { en: '{p} of 48', zh: '{p} / 48' },
  no_total: {
    en: 'No total: {n} of the twelve are open. Not answered is not zero, so the domains show the range.',
    zh: '没有总分：十二题中有 {n} 题空着。没回答不等于零分，所以各方面显示的是范围。',
  },
  caveat: {
    en: 'The domains say more than the total. This is your own view, not a diagnosis, and no advice on treatment follows from it.',
    zh: '各方面的分数比总分更能说明情况。这是您自己的看法，不是诊断，也不构成治疗建议。',
  },
  open: { en: 'open', zh: '空着' },
  change: { en: 'Change', zh: '更改' },
  change_label: { en: 'Change: {t}', zh: '更改：{t}' },
  date: { en: 'Day of this report', zh: '自评日期' },
  earlier: { en: 'One day earlier', zh: '早一天' },
  later: { en: 'One day later', zh: '晚一天' },
  keep: { en: 'Keep the report', zh: '保存' },
  kept: { en: 'Kept, on this machine.', zh: '已保存在这台电脑上。' },
  all_open: { en: 'Please answer at least one question first.', zh: '请至少回答一题。' },
  to_start: { en: 'To your reports', zh: '看我的记录' },
  course: { en: 'Your earlier reports', zh: '以前的自评' },
  course_none: {
    en: 'None yet. The first one makes the beginning of a course.',
    zh: '还没有。第一次自评就是起点。',
  },
  course_label: {
    en: '{d}: from {a} on {x} to {b} on {y}, of 12 points.',
    zh: '{d}：满分 12，{x} 为 {a}，{y} 为 {b}。',
  },
  course_one: { en: '{d}: {a} of 12 points on {x}.', zh: '{d}：{x} 为 {a}，满分 12。' },
  course_note: {
    en: 'A bar stands where answers were open: the score lies somewhere on it.',
    zh: '有空题时画成竖条：分数在其中某处。',
  },
  table: { en: 'The same as a table', zh: '用表格看' },
  day: { en: 'Day', zh: '日期' },
  remove: { en: 'Remove', zh: '删除' },
  remove_label: { en: 'Remove: {d}', zh: '删除：{d}' },
  remove_sure: { en: 'Really remove: {d}', zh: '确定删除：{d}' },
  not_here: {
    en: 'Reports are made and seen only on the person’s own machine.',
    zh: '自评只能在本人的电脑上填写和查看。',
  },
  source: {
    en: 'The scale: Cedarbaum and others, 1999, Journal of the Neurological Sciences 169:13. The words here are our own short descriptions of its levels, not the form itself.',
    zh: '量表出自 Cedarbaum 等，1999，Journal of the Neurological Sciences 169:13。这里用我们自己的话简短描述各级，不是量表原文。',
  },
} satisfies Record<string, Text>;

export const domain_text: Record<Domain, Text> = {
  bulbar: { en: 'Mouth and throat', zh: '口咽' },
  fine_motor: { en: 'Hands', zh: '手部' },
  gross_motor: { en: 'Body and legs', zh: '躯干与腿' },
  respiratory: { en: 'Breathing', zh: '呼吸' },
};
