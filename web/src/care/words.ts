import type { Text } from '../i18n';
import type { What } from './types';

export const care_words = {
  tab: { en: 'Care on time', zh: '按时照护' },
  title: { en: 'Care on time', zh: '按时照护' },
  lead: {
    en: 'What is due, what comes next, and how the week went. Turning, suction, drops, medicine and rests for the eyes, by day and by night.',
    zh: '哪些该做了，接下来是什么，这一周怎么样。翻身、吸痰、滴眼药水、吃药和让眼睛休息，白天夜里都在。',
  },
  not_alarm: { en: 'This is not a medical alarm.', zh: '这不是医疗报警器。' },
  not_alarm_why: {
    en: 'It can fail with the power, the network, the browser or the sound. Never rely on it alone, and keep the alarms of the ventilator and the bed as they are.',
    zh: '停电、断网、浏览器或声音出问题时，它都可能失灵。请不要只依靠它，呼吸机和床边原有的报警都要照常使用。',
  },
  clocks: { en: 'Bedroom clocks', zh: '卧室时钟' },
  clocks_why: {
    en: 'Four clocks fill the screen, one for each way the head may lie.',
    zh: '四个时钟铺满屏幕，头朝哪边躺都能看清一个。',
  },
  call: { en: 'CALL', zh: '呼叫' },
  calling: { en: 'Calling…', zh: '正在呼叫……' },
  calling_since: { en: 'Calling since {t}', zh: '从 {t} 起呼叫' },
  cancel_call: { en: 'Cancel the call', zh: '取消呼叫' },
  call_failed: {
    en: 'Only this screen sounds: the server does not answer. It is tried again.',
    zh: '只有这块屏幕在响：服务器没有回应，正在再试。',
  },
  now: { en: 'Needed now', zh: '现在需要' },
  now_none: { en: 'Nothing is needed just now.', zh: '现在没有需要做的。' },
  next: { en: 'Next', zh: '接下来' },
  next_none: { en: 'No reminder is on.', zh: '没有打开的提醒。' },
  missed: { en: 'Missed while the program was off', zh: '程序关闭期间错过的' },
  missed_line: { en: '{t}, due {d}', zh: '{t}，应在 {d}' },
  seen: { en: 'Seen', zh: '知道了' },
  done: { en: 'Done', zh: '做好了' },
  done_label: { en: 'Done: {t}', zh: '做好了：{t}' },
  later: { en: 'In {n} min', zh: '{n} 分钟后' },
  later_label: { en: 'In {n} min: {t}', zh: '{n} 分钟后：{t}' },
  by: { en: 'Who did it?', zh: '谁做的？' },
  by_self: { en: 'By gaze, no name', zh: '用眼睛确认，不记名' },
  reminders: { en: 'Reminders', zh: '提醒' },
  add: { en: 'Add a reminder', zh: '添加提醒' },
  edit: { en: 'Change', zh: '更改' },
  edit_label: { en: 'Change: {t}', zh: '更改：{t}' },
  escalates: { en: 'calls when {n} overdue', zh: '逾期 {n}后呼叫' },
  never_calls: { en: 'never calls by itself', zh: '不会自动呼叫' },
  is_off: { en: 'off', zh: '已关闭' },
  // Editing.
  edit_title: { en: 'Change the reminder', zh: '更改提醒' },
  add_title: { en: 'A new reminder', zh: '新提醒' },
  kind: { en: 'What for', zh: '做什么' },
  text_zh: { en: 'Words in Chinese', zh: '中文写法' },
  text_en: { en: 'Words in English', zh: '英文写法' },
  how: { en: 'When', zh: '什么时候' },
  by_minutes: { en: 'Every so often', zh: '每隔一段时间' },
  by_times: { en: 'At fixed times', zh: '固定时刻' },
  every: { en: 'Every', zh: '每隔' },
  hours: { en: 'Hours of the day', zh: '提醒时段' },
  day_night: { en: 'Day and night', zh: '日夜都提醒' },
  between: { en: 'Only between two hours', zh: '只在某段时间' },
  from: { en: 'From', zh: '从' },
  until: { en: 'Until', zh: '到' },
  time: { en: 'Time {n}', zh: '时刻 {n}' },
  add_time: { en: 'Add a time', zh: '添加时刻' },
  remove_time: { en: 'Remove {t}', zh: '去掉 {t}' },
  escalate: { en: 'Turn into a call after', zh: '逾期多久转为呼叫' },
  never: { en: 'never', zh: '不呼叫' },
  on: { en: 'On', zh: '打开' },
  off: { en: 'Off', zh: '关闭' },
  less: { en: '{t}: less', zh: '{t}：减少' },
  more: { en: '{t}: more', zh: '{t}：增加' },
  keep: { en: 'Keep', zh: '保存' },
  remove: { en: 'Remove this reminder', zh: '删除这个提醒' },
  remove_sure: { en: 'Really remove it', zh: '确定删除' },
  fault_text: {
    en: 'Please give it words in at least one language.',
    zh: '请至少用一种语言写明做什么。',
  },
  fault_time: {
    en: 'Please set minutes or at least one time.',
    zh: '请设定间隔，或至少一个时刻。',
  },
  // The week.
  week: { en: 'The last seven days', zh: '最近七天' },
  week_label: {
    en: 'Seven days by hours of the day: {a} done on time, {b} done late, {c} missed, {d} calls.',
    zh: '七天按一天中的时段：按时完成 {a} 次，晚了 {b} 次，错过 {c} 次，呼叫 {d} 次。',
  },
  late_means: {
    en: 'Late: more than {n} minutes after its time.',
    zh: '“晚了”指超过应做时间 {n} 分钟以上。',
  },
  on_time: { en: 'done on time', zh: '按时完成' },
  late: { en: 'done late', zh: '晚了' },
  missed_mark: { en: 'missed', zh: '错过' },
  call_mark: { en: 'call', zh: '呼叫' },
  table: { en: 'Everything as a list', zh: '逐条列出' },
  day: { en: 'Day', zh: '日期' },
  at: { en: 'Time', zh: '时间' },
  what: { en: 'What', zh: '事项' },
  how_ended: { en: 'What happened', zh: '结果' },
  who: { en: 'Signed', zh: '签名' },
  late_by: { en: '{n} late', zh: '晚了 {n}' },
  by_gaze: { en: 'by gaze', zh: '用眼睛' },
  no_history: { en: 'Nothing has been noted in these days.', zh: '这几天还没有记录。' },
  export_note: {
    en: 'The notes of care stay on this machine. “thaw care export” writes them to a file, for the care team or for the registry once you agree.',
    zh: '照护记录只留在这台电脑上。用命令 thaw care export 可以导出成文件，交给照护团队；您同意后也可以交给登记库。',
  },
  read_only: {
    en: 'Reminders are changed on the computer of the person; here they can be signed.',
    zh: '提醒在本人的电脑上更改；这里可以签名确认。',
  },
  // Bedroom clocks.
  leave: { en: 'Back', zh: '返回' },
  bright: { en: 'Bright', zh: '亮' },
  dim: { en: 'Dim', zh: '暗' },
  auto: { en: 'Dim at night', zh: '夜里变暗' },
  clock_label: { en: 'It is {t}', zh: '现在 {t}' },
  lost: { en: 'No connection to thaw; the clocks go on.', zh: '和 thaw 的连接断了；时钟照常走。' },
} satisfies Record<string, Text>;

export interface Kind {
  code: string;
  text: Text;
  every_min: number;
}

/** The kinds of reminder, with the words and the rhythm they start with. */
export const kKinds: readonly Kind[] = [
  { code: 'reposition', text: { en: 'Turn me', zh: '翻身' }, every_min: 120 },
  { code: 'suction', text: { en: 'Suction', zh: '吸痰' }, every_min: 240 },
  { code: 'eye_drops', text: { en: 'Eye drops', zh: '滴眼药水' }, every_min: 180 },
  { code: 'medicine', text: { en: 'Medicine', zh: '吃药' }, every_min: 720 },
  { code: 'screen_break', text: { en: 'Rest the eyes', zh: '让眼睛休息' }, every_min: 20 },
  { code: 'other', text: { en: '', zh: '' }, every_min: 60 },
];

export const kOther: Text = { en: 'Something else', zh: '其他' };
const kCall: Text = { en: 'Call', zh: '呼叫' };
const kOverdue: Text = { en: 'Call: care overdue', zh: '呼叫：照护逾期' };

/** The words of a reminder's kind, or of "call"; an unknown kind shows its own name. */
export function kind_text(code: string): Text {
  if (code === 'call' || code === 'overdue') return code === 'call' ? kCall : kOverdue;
  const known = kKinds.find((one) => one.code === code);
  return known ? (known.text.en ? known.text : kOther) : { en: code, zh: code };
}

export const what_text: Record<What, Text> = {
  done: { en: 'done', zh: '做好了' },
  snoozed: { en: 'put off', zh: '推迟' },
  missed: { en: 'missed', zh: '错过' },
  escalated: { en: 'overdue, became a call', zh: '逾期，转为呼叫' },
  called: { en: 'called', zh: '呼叫' },
  acknowledged: { en: 'someone came', zh: '有人回应' },
  cancelled: { en: 'call cancelled', zh: '取消呼叫' },
};
