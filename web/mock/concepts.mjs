// The concepts of the small made-up world.
const names = {
  'thaw:als_progression': ['outcome', 'ALS progression', '渐冻症进展'],
  'thaw:alsfrs_r_decline': ['outcome', 'ALSFRS-R decline', 'ALSFRS-R 评分下降'],
  'thaw:survival': ['outcome', 'survival', '生存期'],
  'drug:riluzole': ['drug', 'riluzole', '利鲁唑'],
  'drug:edaravone': ['drug', 'edaravone (intravenous)', '依达拉奉（静脉）'],
  'drug:amx0035': ['drug', 'AMX0035', 'AMX0035（苯丁酸钠-牛磺熊二醇）'],
  'drug:masitinib': ['drug', 'masitinib', '马赛替尼'],
  'drug:methylcobalamin': ['drug', 'methylcobalamin', '甲钴胺'],
  'drug:minocycline': ['drug', 'minocycline', '米诺环素'],
  'drug:tofersen': ['drug', 'tofersen', '托夫生'],
  'gene:SOD1': ['gene', 'SOD1', 'SOD1'],
  'gene:C9orf72': ['gene', 'C9orf72', 'C9orf72'],
  'protein:TDP43': ['pathology', 'TDP-43 aggregation', 'TDP-43 聚集'],
  'process:glutamate': ['process', 'glutamate excitotoxicity', '谷氨酸兴奋毒性'],
  'process:ox': ['process', 'oxidative stress', '氧化应激'],
  'process:inflammation': ['process', 'neuroinflammation', '神经炎症'],
  'process:mnd': ['process', 'motor neuron degeneration', '运动神经元变性'],
  'biomarker:nfl': ['biomarker', 'neurofilament light chain', '神经丝轻链'],
};

export const concepts = new Map(
  Object.entries(names).map(([id, [kind, en, zh]]) => [id, { id, kind, name: { en, zh } }]),
);
