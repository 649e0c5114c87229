// Words on the sound of a page.
import type { Text } from '../i18n';

const t = (en: string, zh: string): Text => ({ en, zh });

export const sound_words = {
  touch: t('Touch here once to turn the sound on', '轻触这里一次，打开声音'),
  why: t(
    'A browser stays silent until a hand has touched the page. Looking does not count.',
    '浏览器要有人用手碰一下才出声，用眼睛看不算。',
  ),
  tone_locked: t(
    'The tone here is off until a hand touches this page.',
    '这里的铃声没打开：请用手碰一下这个页面。',
  ),
  tone_none: t('No loudspeaker was found here.', '这里没有找到扬声器。'),
} as const;
