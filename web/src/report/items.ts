// The twelve questions of the ALSFRS-R in our own short words: what each level of each item means.
// The scale: Cedarbaum et al. 1999, J Neurol Sci 169:13. The wording here is a plain description of its
// levels, not the text of the form; a clinic that needs the form uses the form.
import type { Text } from '../i18n';

export interface Item {
  /** A short name, for lists. */
  name: Text;
  question: Text;
  /** From 4 (as before the illness) down to 0. */
  levels: readonly [Text, Text, Text, Text, Text];
}

const t = (en: string, zh: string): Text => ({ en, zh });

export const kFive = {
  cutting: {
    name: t('Cutting food', '切食物、用餐具'),
    question: t('Cutting food and using spoon, fork or chopsticks', '切食物，用勺子、筷子或刀叉'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('A little slow or clumsy, but alone', '有点慢或笨拙，但自己能行'),
      t('Most food alone, some help is needed', '大多能自己来，有时要人帮'),
      t('Someone cuts it, then I eat by myself, slowly', '别人切好，我能慢慢自己吃'),
      t('Someone feeds me', '要别人喂'),
    ],
  },
  tube: {
    name: t('Handling the feeding tube', '操作喂养管'),
    question: t('Fastening and handling the feeding tube with the hands', '用手开合、操作喂养管'),
    levels: [
      t('No difficulty', '没有困难'),
      t('Clumsy, but everything alone', '有些笨拙，但都能自己做'),
      t('Some help with caps and clamps', '盖子、夹子要人帮一点'),
      t('I can help the other person a little', '只能给别人搭一点手'),
      t('I can do none of it', '完全做不了'),
    ],
  },
} satisfies Record<string, Item>;

/** Items 1 to 12; item 5 stands here as 5a and is exchanged for 5b with a feeding tube. */
export const kItemTexts: readonly Item[] = [
  {
    name: t('Speech', '说话'),
    question: t('Speaking with the voice', '用嗓子说话'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('Changed, but everyone understands', '有变化，但别人都听得懂'),
      t('Understood when I repeat', '要重复别人才听得懂'),
      t('Voice together with writing or a device', '要配合书写或设备'),
      t('No speech that can be used', '没有能用的言语'),
    ],
  },
  {
    name: t('Saliva', '口水'),
    question: t('Saliva in the mouth', '口水'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('A little more; perhaps some at night', '稍多一点，夜里可能流'),
      t('Clearly more; now and then it runs', '明显多，偶尔会流'),
      t('Much more; it runs at times', '很多，有时流出来'),
      t('It runs so much that I always need wiping', '一直流，总要擦或吸'),
    ],
  },
  {
    name: t('Swallowing', '吞咽'),
    question: t('Eating and swallowing', '吃东西和吞咽'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('First trouble, choking now and then', '开始有点困难，偶尔呛'),
      t('Food has to be softer or thicker', '食物要做软或加稠'),
      t('Some of the food goes through a tube', '一部分靠喂养管'),
      t('All of it by tube or drip, nothing by mouth', '全靠喂养管或输液，不经口吃'),
    ],
  },
  {
    name: t('Handwriting', '写字'),
    question: t('Writing with the hand that writes', '用写字的手写字'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('Slower or untidy, all of it can be read', '慢或潦草，都认得出'),
      t('Not every word can be read', '有些字认不出'),
      t('I can hold a pen but not write', '能握笔，但写不了'),
      t('I cannot hold a pen', '握不住笔'),
    ],
  },
  kFive.cutting,
  {
    name: t('Dressing and washing', '穿衣和洗漱'),
    question: t('Dressing and washing', '穿衣和洗漱'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('Alone, but with effort', '自己能做，但费力'),
      t('Help at times, or other ways of doing it', '有时要人帮，或换办法做'),
      t('Someone helps every time', '每次都要人帮'),
      t('Others do all of it', '全靠别人'),
    ],
  },
  {
    name: t('Turning in bed', '床上翻身'),
    question: t('Turning in bed and pulling the blanket straight', '在床上翻身、整理被子'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('A little slow or clumsy, but alone', '有点慢或笨拙，但自己能行'),
      t('One of the two alone, with great effort', '两样能做一样，很费力'),
      t('I can begin but not finish alone', '能开个头，自己完成不了'),
      t('I can do neither', '都做不了'),
    ],
  },
  {
    name: t('Walking', '走路'),
    question: t('Walking', '走路'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('First difficulties', '开始有些困难'),
      t('With a stick, a frame or a person', '要拐杖、助行器或人扶'),
      t('I cannot walk but move my legs with purpose', '走不了，但腿能有目的地动'),
      t('No movement of the legs that I can use', '腿没有能用的动作'),
    ],
  },
  {
    name: t('Stairs', '上楼梯'),
    question: t('Climbing stairs', '上楼梯'),
    levels: [
      t('As before the illness', '和生病前一样'),
      t('Slower', '慢一些'),
      t('A little unsteady, or it tires me', '有点不稳，或会累'),
      t('Only with the rail or with help', '要扶栏杆或要人帮'),
      t('I cannot', '上不了'),
    ],
  },
  {
    name: t('Short of breath', '气短'),
    question: t('Being short of breath', '气短、喘'),
    levels: [
      t('Never', '没有'),
      t('When I walk', '走路时'),
      t('When I eat, wash or dress', '吃饭、洗漱或穿衣时'),
      t('At rest, sitting or lying', '坐着或躺着不动时'),
      t('So much that a breathing machine is thought of', '严重到要考虑用呼吸机'),
    ],
  },
  {
    name: t('Breath when lying', '躺下时的呼吸'),
    question: t('Breathing while lying down to sleep', '躺下睡觉时的呼吸'),
    levels: [
      t('No difficulty', '没有困难'),
      t('Sometimes hard at night, two pillows at most', '夜里有时气短，枕头不超过两个'),
      t('I need more than two pillows', '要两个以上的枕头'),
      t('I can sleep only sitting', '只能坐着睡'),
      t('I cannot sleep without a breathing machine', '没有呼吸机就睡不了'),
    ],
  },
  {
    name: t('Breathing machine', '呼吸机'),
    question: t('Help from a breathing machine', '呼吸机的帮助'),
    levels: [
      t('None', '不用'),
      t('A mask, at times', '面罩，有时用'),
      t('A mask, the whole night', '面罩，整夜用'),
      t('A mask, night and day', '面罩，日夜都用'),
      t('A tube in the windpipe', '气管插管或气管切开'),
    ],
  },
];

/** The words of an item: item 5 by the feeding tube. */
export function item_text(item: number, gastrostomy: boolean | null): Item {
  return item === 5 && gastrostomy ? kFive.tube : (kItemTexts[item - 1] ?? kFive.cutting);
}
