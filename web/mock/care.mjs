// Made-up care: reminders around the present moment, a call, a week of history. Kept while it runs.
import { tell } from './hub.mjs';
import { Refusal } from './names.mjs';

const kMin = 60;
const kDay = 86_400;
const kZone_min = 480;
export const now = () => Math.floor(Date.now() / 1000);
const begun = now();
let last = 100;
export const next_id = () => String((last += 1));

export const kNotice = {
  en: 'This is not a medical alarm. Never rely on it alone: it can fail with the power, the network, the browser or the sound.',
  zh: '这不是医疗报警器。请不要只依靠它：停电、断网、浏览器或声音出问题时，它都可能失灵。',
};

const make = (id, kind, en, zh, changes) => ({
  id,
  kind,
  text: { en, zh },
  every_min: null,
  at: null,
  from: null,
  until: null,
  enabled: true,
  due_at: null,
  state: 'waiting',
  snoozed_until: null,
  escalate_after_min: 15,
  ...changes,
});
let reminders = [];
let missed = [];
let call = null;
let last_ended = null;
let events = [];

/** Everything as it was at the start. */
export function reset_care() {
  call = null;
  last_ended = null;
  reminders = [
    make('1', 'reposition', 'Turn me', '翻身', {
      every_min: 120,
      due_at: begun - 22 * kMin,
      state: 'overdue',
    }),
    make('2', 'eye_drops', 'Eye drops', '滴眼药水', {
      every_min: 180,
      from: '07:00',
      until: '22:00',
      due_at: begun - 2 * kMin,
      state: 'due',
    }),
    make('3', 'suction', 'Suction', '吸痰', { every_min: 240, due_at: begun + 47 * kMin }),
    make('4', 'medicine', 'Medicine', '吃药', {
      at: ['08:00', '20:00'],
      due_at: begun + 165 * kMin,
      escalate_after_min: 30,
    }),
    make('5', 'screen_break', 'Rest the eyes', '让眼睛休息', {
      every_min: 20,
      enabled: false,
      escalate_after_min: null,
    }),
  ];
  missed = [{ id: 'm1', reminder: '1', due_at: begun - 6 * 3600, times: 2 }];
  events = a_week();
}

function a_week() {
  const made = [];
  const add = (day, hour, minute, kind, what, name, late_min = null) =>
    made.push({
      id: `h${made.length}`,
      at: midnight(day) + hour * 3600 + minute * kMin,
      kind,
      reminder: '1',
      what,
      name,
      by: name ? 'partner' : null,
      late_min,
    });
  for (let day = 6; day >= 0; day -= 1) {
    for (const [i, hour] of [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23].entries()) {
      if (day === 0 && midnight(0) + hour * 3600 > begun - 1800) continue;
      const odd = (day * 7 + i * 5) % 11;
      if (odd === 3) add(day, hour, 58, 'reposition', 'missed', null);
      else
        add(day, hour, 5, 'reposition', 'done', odd % 2 ? '妈妈' : 'Lin', odd === 6 ? 34 : odd % 4);
    }
    add(day, 8, 2, 'medicine', 'done', 'Lin', 2);
    if (day % 3 === 1) {
      add(day, 4, 20, 'call', 'called', null);
      add(day, 4, 22, 'call', 'acknowledged', '妈妈');
    }
  }
  return made.filter(({ at }) => at <= begun);
}

const midnight = (days_ago) =>
  Math.floor((begun + kZone_min * kMin) / kDay) * kDay - kZone_min * kMin - days_ago * kDay;

export const care = () => ({
  now: now(),
  zone_offset_min: kZone_min,
  call,
  ended: last_ended,
  reminders,
  missed,
  notice: kNotice,
});

const note = (kind, reminder, what, name, by, late_min = null) =>
  events.push({ id: next_id(), at: now(), kind, reminder, what, name, by, late_min });

function find(id) {
  const found = reminders.find((one) => one.id === id);
  if (!found) throw new Refusal(404, 'not_found', `there is no reminder "${id}"`);
  return found;
}

function changed(id, change) {
  reminders = reminders.map((one) => (one.id === id ? { ...one, ...change } : one));
  tell('care', care());
  return {};
}

export function begin_call(kind) {
  call ??= { id: next_id(), began_at: now(), kind, by: null, listening: 1, command: null };
  last_ended = null;
  note(kind, null, 'called', null, kind === 'overdue' ? 'program' : 'gaze');
  tell('call', { call, ended: null });
  return { call };
}

function end_call(id, what, name) {
  if (!call || call.id !== id) throw new Refusal(404, 'not_found', 'this call has ended already');
  note('call', null, what, name, name ? 'partner' : 'gaze');
  call = null;
  const ended = { id, how: what, name };
  last_ended = ended;
  tell('call', { call: null, ended });
  return ended;
}

function done({ reminder, name, by }) {
  const one = find(reminder);
  const late_min = Math.max(0, Math.floor((now() - (one.due_at ?? now())) / kMin));
  note(one.kind, reminder, 'done', name, by, late_min);
  return changed(reminder, {
    state: 'waiting',
    snoozed_until: null,
    due_at: now() + (one.every_min ?? 720) * kMin,
  });
}

function snooze({ reminder, minutes, name }) {
  note(find(reminder).kind, reminder, 'snoozed', name, 'partner');
  return changed(reminder, { state: 'snoozed', snoozed_until: now() + minutes * kMin });
}

function keep({ id, ...draft }) {
  const text = `${draft.text?.en ?? ''}${draft.text?.zh ?? ''}`.trim();
  if (!text) throw new Refusal(400, 'bad_input', 'text: a reminder needs words');
  const due_at = draft.enabled ? now() + (draft.every_min ?? 300) * kMin : null;
  if (id) return find(id) && changed(id, { ...draft, due_at, state: 'waiting' });
  const made = { ...make(next_id(), draft.kind, '', '', {}), ...draft, due_at };
  reminders = [...reminders, made];
  tell('care', care());
  return { id: made.id };
}

function history(query) {
  const days = Number(query.get('days') ?? 7);
  return {
    days: Array.from({ length: days }, (_, i) => {
      const from = midnight(days - 1 - i);
      return {
        date: new Date((from + kZone_min * kMin) * 1000).toISOString().slice(0, 10),
        events: events.filter(({ at }) => at >= from && at < from + kDay),
      };
    }),
  };
}

let reports = [];
const span = (answers, first, count) => {
  const part = answers.slice(first, first + count);
  const low = part.reduce((sum, one) => sum + (one ?? 0), 0);
  return { low, high: low + 4 * part.filter((one) => one === null).length };
};

/** Keeps a report of the scale; a second one of the same day takes the first one's place. */
export function keep_report({ date, answers, gastrostomy }) {
  if (!Array.isArray(answers) || answers.length !== 12 || answers.every((one) => one === null))
    throw new Refusal(400, 'bad_input', 'answers: twelve, each 0 to 4 or null, not all null');
  const one = {
    id: next_id(),
    at: now(),
    date,
    answers,
    gastrostomy,
    total: span(answers, 0, 12),
    domains: {
      bulbar: span(answers, 0, 3),
      fine_motor: span(answers, 3, 3),
      gross_motor: span(answers, 6, 3),
      respiratory: span(answers, 9, 3),
    },
  };
  reports = [...reports.filter((old) => old.date !== date), one].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  );
  return { id: one.id, at: one.at };
}

for (const [date, answers] of [
  ['2026-02-12', [4, 4, 4, 3, 3, 3, 4, 3, 3, 4, 4, 4]],
  ['2026-05-10', [4, 3, 3, 2, 2, 3, 3, 3, 2, 4, 4, 4]],
  ['2026-08-15', [3, 3, 3, 1, 1, 2, 2, 2, 1, 3, null, 4]],
])
  keep_report({ date, answers, gastrostomy: false });
reset_care();

export const calls = {
  '/api/care': care,
  '/api/care/history': history,
  '/api/care/reports': () => ({ reports }),
};
export const posts = {
  '/api/care/call': ({ kind }) => begin_call(kind),
  '/api/care/call/acknowledge': ({ id, name }) => end_call(id, 'acknowledged', name),
  '/api/care/call/cancel': ({ id }) => end_call(id, 'cancelled', null),
  '/api/care/done': done,
  '/api/care/snooze': snooze,
  '/api/care/seen': ({ missed: ids }) => {
    missed = missed.filter(({ id }) => !ids.includes(id));
    tell('care', care());
    return {};
  },
  '/api/care/reminder': keep,
  '/api/care/reminder/remove': ({ id }) => {
    reminders = reminders.filter((one) => one !== find(id));
    tell('care', care());
    return {};
  },
  '/api/care/report': keep_report,
  '/api/care/report/remove': ({ id }) => {
    reports = reports.filter((one) => one.id !== id);
    return {};
  },
};
