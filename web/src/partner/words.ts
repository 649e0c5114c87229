import type { Text } from '../i18n';

export const partner_words = {
  tab: { en: 'Listening', zh: '倾听' },
  title: { en: 'Listening', zh: '倾听' },
  // Pairing.
  pair_title: { en: 'Pair this screen', zh: '配对这块屏幕' },
  pair_why: {
    en: 'On the computer of the person who writes, open this same page and choose “Add a phone or a screen”. It shows six digits. Type them here once.',
    zh: '请在写字的人的电脑上打开同一页，选“添加手机或屏幕”，那里会显示六位数字。在这里输入一次即可。',
  },
  code: { en: 'Six digits', zh: '六位数字' },
  your_name: { en: 'Your name', zh: '您的名字' },
  name_why: {
    en: 'Calls and reminders are signed with it. It stays on this machine and the computer you pair with.',
    zh: '回应呼叫和提醒时用它签名。它只留在这台设备和配对的电脑上。',
  },
  name_hint: { en: 'for example Lin', zh: '例如 小林' },
  pair_go: { en: 'Pair', zh: '配对' },
  code_bad: {
    en: 'Please type the six digits as shown there.',
    zh: '请照那边显示的，输入六位数字。',
  },
  name_bad: { en: 'Please give a name, up to 40 letters.', zh: '请填写名字，最多 40 个字。' },
  name_taken: {
    en: 'A device with this name is paired already: give another name, or remove that one first.',
    zh: '这个名字已经配对了一台设备：请换一个名字，或先移除那一台。',
  },
  code_wrong: {
    en: 'These digits are not right, or their time is over. After five wrong tries a new code is needed.',
    zh: '数字不对，或者已经过期。错五次以后需要换一个新的。',
  },
  // The line.
  live: { en: 'connected', zh: '已连接' },
  asking: { en: 'connected, a little slower', zh: '已连接，稍慢一些' },
  opening: { en: 'connecting', zh: '正在连接' },
  lost: {
    en: 'No connection. Trying again by itself; a call cannot reach you until it is back.',
    zh: '连接断了，正在自动重连。恢复之前，呼叫传不到这里。',
  },
  lost_short: { en: 'no connection', zh: '连接断了' },
  // Tabs.
  tabs: { en: 'Parts of this page', zh: '本页的部分' },
  listen: { en: 'Listen', zh: '倾听' },
  care: { en: 'Care', zh: '照护' },
  ask: { en: 'Ask', zh: '提问' },
  more: { en: 'More', zh: '更多' },
  // Listening.
  nothing: { en: 'Nothing has been said yet.', zh: '还没有说话。' },
  nothing_why: {
    en: 'What the person says appears here, large. Dots show that a sentence is being written: please give it time.',
    zh: '对方说的话会大字显示在这里。出现圆点，表示正在写一句话：请给一点时间。',
  },
  composing: { en: 'writing, please wait a moment', zh: '正在写，请稍等' },
  quiet: { en: 'not writing just now', zh: '现在没有在写' },
  draft: { en: 'Being written', zh: '正在写的内容' },
  earlier: { en: 'Said earlier', zh: '之前说的' },
  newest: { en: 'Said last', zh: '最近说的' },
  // Calls.
  call: { en: 'CALLING', zh: '正在呼叫' },
  call_overdue: { en: 'CARE IS OVERDUE', zh: '照护已逾期' },
  call_why: { en: 'Someone is needed. Please go and look.', zh: '需要有人过去看看。' },
  call_since: { en: 'since {t}', zh: '从 {t} 开始' },
  coming: { en: 'I am coming', zh: '我来了' },
  coming_as: { en: 'I am coming: {n}', zh: '我来了：{n}' },
  sending: { en: 'Telling the person…', zh: '正在告诉对方……' },
  not_told: {
    en: 'Your answer has not arrived yet. Trying again by itself. Please go anyway.',
    zh: '您的回应还没有送到，正在自动再试。请先过去。',
  },
  no_sound_now: {
    en: 'The sound is off on this screen: tap anywhere to hear it.',
    zh: '这块屏幕没有开声音：点一下屏幕就能响。',
  },
  told: { en: 'The person sees that you are coming.', zh: '对方已看到您正在过来。' },
  ended: { en: 'The call has ended.', zh: '呼叫已结束。' },
  // Sound.
  sound_go: { en: 'Turn the sound on', zh: '打开声音' },
  sound_test: { en: 'Sound a test', zh: '试听' },
  sound_limit: {
    en: 'A call is heard only while this page is open on the screen and the volume is up.',
    zh: '只有这一页开着、音量打开时，才听得到呼叫。',
  },
  chime: { en: 'A soft tone when something is said', zh: '有人说话时轻响一声' },
  awake_on: {
    en: 'The screen is kept on while this page is open.',
    zh: '本页打开时，屏幕保持常亮。',
  },
  awake_off: {
    en: 'Tap once and the screen stays on while this page is open.',
    zh: '点一下，本页打开时屏幕就会保持常亮。',
  },
  awake_none: {
    en: 'This browser cannot keep the screen on from here. Please set the screen of this device to stay on.',
    zh: '这个浏览器在这里无法让屏幕常亮。请在设备设置里让屏幕不要自动关闭。',
  },
  // Care.
  care_now: { en: 'Needed now', zh: '现在需要' },
  care_none: { en: 'Nothing is needed just now.', zh: '现在没有需要做的。' },
  care_next: { en: 'Coming', zh: '接下来' },
  care_missed: { en: 'Missed while the program was off', zh: '程序关闭期间错过的' },
  care_missed_at: { en: '{t}, due {d}', zh: '{t}，应在 {d}' },
  seen: { en: 'We have seen it', zh: '知道了' },
  done: { en: 'Done', zh: '做好了' },
  later: { en: 'In {n} min', zh: '{n} 分钟后' },
  later_label: { en: 'In {n} min: {t}', zh: '{n} 分钟后：{t}' },
  done_label: { en: 'Done: {t}', zh: '做好了：{t}' },
  overdue: { en: 'overdue', zh: '已逾期' },
  due: { en: 'now', zh: '该做了' },
  whole_board: { en: 'All reminders and the week', zh: '全部提醒与本周情况' },
  signed: { en: 'You sign as {n}', zh: '您以 {n} 的名义签名' },
  // Asking.
  board_title: { en: 'A yes or no question', zh: '是非题' },
  board_why: {
    en: 'It appears large before the person, who answers with one look: yes, no, or not sure.',
    zh: '问题会大字显示在对方面前，看一眼就能回答：是、否或不确定。',
  },
  board_own: { en: 'Your question', zh: '您的问题' },
  board_go: { en: 'Ask', zh: '提问' },
  board_ready: { en: 'Ready questions', zh: '常用问题' },
  board_waiting: { en: 'Waiting for the answer', zh: '正在等回答' },
  board_close: { en: 'Close the question', zh: '收起问题' },
  board_next: { en: 'Ask something else', zh: '换一个问题' },
  yes: { en: 'Yes', zh: '是' },
  no: { en: 'No', zh: '否' },
  unsure: { en: 'Not sure', zh: '不确定' },
  long_title: { en: 'A question with a longer answer', zh: '需要多写几句的问题' },
  long_why: {
    en: 'Writing with the eyes takes minutes. The answer appears here when it is sent.',
    zh: '用眼睛写字需要几分钟。回答发出后会显示在这里。',
  },
  long_go: { en: 'Send the question', zh: '发送问题' },
  long_sent: { en: 'Sent. It stands before the person now.', zh: '已发送，问题已在对方面前。' },
  long_need: { en: 'Please write the question first.', zh: '请先写下问题。' },
  answers: { en: 'Questions and answers', zh: '问与答' },
  open: { en: 'not answered yet', zh: '还没有回答' },
  answer_took: {
    en: 'written in {m} with {n} selections',
    zh: '用时 {m}，选择 {n} 次',
  },
  // The machine's own side.
  add: { en: 'Add a phone or a screen', zh: '添加手机或屏幕' },
  add_why: {
    en: 'On the phone open one of these addresses, then type the code.',
    zh: '在手机上打开下面的一个地址，然后输入数字。',
  },
  add_go: { en: 'Show a code', zh: '显示数字' },
  add_until: { en: 'good until {t}', zh: '{t} 前有效' },
  add_none: {
    en: 'This server takes visitors from this machine only. Start it with --address 0.0.0.0 to let phones of the same network in.',
    zh: '这个服务器只接受本机访问。要让同一网络里的手机连进来，请用 --address 0.0.0.0 启动。',
  },
  paired: { en: 'Paired screens', zh: '已配对的屏幕' },
  paired_none: { en: 'None yet.', zh: '还没有。' },
  unpair: { en: 'Remove {n}', zh: '移除 {n}' },
  keep_name: { en: 'Keep the name', zh: '记住名字' },
  other_pages: { en: 'Other pages', zh: '其他页面' },
  day: { en: 'Daylight', zh: '日光' },
  night: { en: 'Dark room', zh: '暗室' },
  failed: { en: 'That did not arrive. Please try again.', zh: '没有送到，请再试一次。' },
} satisfies Record<string, Text>;

/** Questions that are asked often: one tap each. */
export const kReady: readonly Text[] = [
  { en: 'Are you in pain?', zh: '有哪里痛吗？' },
  { en: 'Shall I turn you?', zh: '要翻身吗？' },
  { en: 'Do you need suction?', zh: '需要吸痰吗？' },
  { en: 'Is it hard to breathe?', zh: '喘不过气吗？' },
  { en: 'Are you cold?', zh: '冷吗？' },
  { en: 'Are you too warm?', zh: '热吗？' },
  { en: 'Are you thirsty?', zh: '口渴吗？' },
  { en: 'Is this position good?', zh: '这样躺舒服吗？' },
  { en: 'Shall I turn the light off?', zh: '要关灯吗？' },
  { en: 'Do you want to rest?', zh: '想休息一会儿吗？' },
];
