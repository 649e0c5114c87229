// A keyboard that is there types too: letters, digits and marks as the keys on the page.
import type { Desk } from './desk.svelte';
import { kEnds } from '../compose/word';

const kMarks = /^[,，、;；:：'"“”()（）!！?？.。%/&-]$/;

export function physical(desk: Desk): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      if ((event.ctrlKey || event.metaKey) && event.key === 'z') {
        event.preventDefault();
        desk.undo();
      }
      return;
    }
    const on = event.target as Element | null;
    if (desk.resting || on?.closest('input, textarea, select')) return;
    const on_button = on?.closest('button, a') !== null && on !== document.body;
    if (on_button && (event.key === 'Enter' || event.key === ' ')) return;
    if (!typed(desk, event)) return;
    event.preventDefault();
  };
}

const kChinese: Record<string, string> = { ',': '，', '.': '。', '?': '？', '!': '！' };

function typed(desk: Desk, event: KeyboardEvent): boolean {
  const { key } = event;
  const first = desk.offering.first;
  if (/^[A-Za-z]$/.test(key)) desk.act({ do: 'letter', text: key }, 'letter');
  else if (key === "'" && desk.composer.now.typed) desk.act({ do: 'letter', text: key }, 'letter');
  else if (/^[0-9]$/.test(key)) digit(desk, Number(key));
  else if (kMarks.test(key)) {
    const text = desk.lang === 'zh' ? (kChinese[key] ?? key) : key;
    desk.act(
      { do: 'mark', text, first: kEnds.includes(text) || desk.lang === 'zh' ? first : null },
      'mark',
    );
  } else if (key === 'Backspace') desk.act({ do: 'back' }, 'delete');
  else if (key === ' ')
    desk.act({ do: 'space', first: desk.lang === 'zh' ? first : null }, 'space');
  else if (key === 'Enter') desk.speak();
  else if (key === 'Escape') desk.open('keys');
  else return false;
  return true;
}

/** While letters wait, a digit takes the offer of that number, as on every Chinese keyboard. */
function digit(desk: Desk, n: number): void {
  const offer = desk.composer.now.typed && desk.lang === 'zh' ? desk.offering.slots[n - 1] : null;
  if (offer) desk.take(offer);
  else desk.act({ do: 'digit', text: String(n) }, 'digit');
}
