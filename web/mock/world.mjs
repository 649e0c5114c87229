// A small made-up world for developing the pages: a few concepts and claims with printed figures of
// real trials, weighed roughly. It is not the product's knowledge and no number of it is an answer.

import { generic, group, hazard, item, monthly, weighed } from './shapes.mjs';

// subject, relation, sign, object, groups
export const edges = [
  [
    'drug:riluzole',
    'slows',
    '-',
    'thaw:alsfrs_r_decline',
    generic('riluzole cohorts', 0.9, 'adjusted_cohort'),
  ],
  [
    'drug:riluzole',
    'prolongs',
    '+',
    'thaw:survival',
    [
      group('Cochrane CD001447', [
        item(
          'T07',
          'meta_analysis_rct',
          'supports',
          2012,
          1282,
          3.1,
          hazard(0.84, 0.698, 0.997),
          '22419278',
          { also_printed: ['HR 0.83 (0.70 to 1.00) in PMC7055506 table 1'] },
        ),
      ]),
      group('Bensimon 1994', [
        item('T01', 'rct_phase2', 'supports', 1994, 155, 0, null, '8302340'),
      ]),
      group('Bensimon 2002', [
        item('T06', 'rct_phase2', 'no_effect_seen', 2002, 168, -0.4, null, '12021934'),
      ]),
    ],
  ],
  [
    'drug:edaravone',
    'slows',
    '-',
    'thaw:alsfrs_r_decline',
    [
      group('MCI186-19', [
        item(
          'T11',
          'rct_phase2',
          'supports',
          2017,
          137,
          2.5,
          monthly(0.45, 0.18, 0.72, 'LS mean difference 2.49 (0.99 to 3.98) at 24 weeks'),
          '28522181',
        ),
      ]),
      group('MCI186-16', [
        item(
          'T10',
          'rct_confirmatory',
          'no_effect_seen',
          2014,
          206,
          -1.1,
          monthly(0.12, -0.18, 0.41, 'difference 0.65 at 24 weeks'),
          '25286015',
        ),
      ]),
    ],
  ],
  [
    'drug:amx0035',
    'slows',
    '-',
    'thaw:alsfrs_r_decline',
    [
      group('NCT05021536 (PHOENIX)', [
        item(
          'T18',
          'rct_confirmatory',
          'no_effect_seen',
          2024,
          664,
          -4,
          monthly(0.03, -0.11, 0.17, 'p = 0.667'),
          '32877582',
        ),
      ]),
      group('NCT03127514 (CENTAUR)', [
        item(
          'T16',
          'rct_phase2',
          'supports',
          2020,
          137,
          1.88,
          monthly(0.42, 0.03, 0.81, 'LS difference 2.32 (0.18 to 4.47) at 24 weeks'),
          '32877582',
        ),
        item('T17', 'open_label', 'supports', 2020, 137, 0, hazard(0.56, 0.34, 0.92), '33063909'),
      ]),
    ],
  ],
  [
    'drug:masitinib',
    'slows',
    '-',
    'thaw:alsfrs_r_decline',
    [
      group('NCT02588677', [
        item(
          'T19',
          'rct_phase2',
          'supports',
          2019,
          201,
          1.7,
          monthly(0.31, 0.06, 0.56, 'LS mean difference 3.4 (0.65 to 6.13) at 48 weeks'),
          '31280619',
        ),
      ]),
    ],
  ],
  [
    'drug:methylcobalamin',
    'slows',
    '-',
    'thaw:alsfrs_r_decline',
    [
      group('NCT03548311 (JETALS)', [
        item('T22', 'rct_phase2', 'supports', 2022, 130, 1.4, null, '35532908'),
      ]),
      group('E0302', [
        item('T23', 'rct_phase2', 'inconclusive', 2019, 373, -0.3, null, '30636701'),
      ]),
    ],
  ],
  [
    'drug:minocycline',
    'worsens',
    '+',
    'thaw:alsfrs_r_decline',
    [
      group('NCT00047723', [
        item(
          'T36',
          'rct_confirmatory',
          'supports',
          2007,
          412,
          3.2,
          monthly(-0.26, -0.44, -0.08, 'difference -0.26 (-0.44 to -0.08) a month'),
          '17980667',
        ),
      ]),
    ],
  ],
  [
    'drug:minocycline',
    'slows',
    '-',
    'thaw:alsfrs_r_decline',
    [
      group('NCT00047723', [
        item(
          'T36b',
          'rct_confirmatory',
          'opposes',
          2007,
          412,
          -3.2,
          monthly(-0.26, -0.44, -0.08, 'difference -0.26 (-0.44 to -0.08) a month'),
          '17980667',
        ),
      ]),
    ],
  ],
  ['drug:tofersen', 'lowers', '-', 'gene:SOD1', generic('VALOR', 2.2, 'rct_phase2')],
  ['drug:tofersen', 'lowers', '-', 'biomarker:nfl', generic('VALOR NfL', 2.1, 'rct_phase2')],
  [
    'drug:tofersen',
    'slows',
    '-',
    'thaw:alsfrs_r_decline',
    [
      group('NCT02623699 (VALOR)', [
        item(
          'T15',
          'rct_confirmatory',
          'inconclusive',
          2022,
          60,
          0.1,
          monthly(0.19, -0.5, 0.85, 'difference 1.2 (-3.2 to 5.5) at 28 weeks'),
          '36129998',
        ),
      ]),
    ],
  ],
  ['gene:SOD1', 'causes', '+', 'process:mnd', generic('SOD1 families', 3.6, 'mendelian_variant')],
  [
    'gene:C9orf72',
    'causes',
    '+',
    'protein:TDP43',
    generic('C9orf72 families', 2.9, 'mendelian_variant'),
  ],
  [
    'protein:TDP43',
    'causes',
    '+',
    'process:mnd',
    generic('pathology series', 1.5, 'human_pathology'),
  ],
  ['process:glutamate', 'causes', '+', 'process:mnd', generic('mouse models', 1)],
  ['process:ox', 'causes', '+', 'process:mnd', generic('oxidative models', 0.8)],
  ['process:inflammation', 'worsens', '+', 'process:mnd', generic('microglia models', 1)],
  [
    'drug:riluzole',
    'lowers',
    '-',
    'process:glutamate',
    generic('slice recordings', 1.2, 'in_vitro'),
  ],
  ['drug:edaravone', 'lowers', '-', 'process:ox', generic('radical scavenging', 1, 'in_vitro')],
  ['drug:masitinib', 'lowers', '-', 'process:inflammation', generic('microglia', 0.9)],
  ['process:mnd', 'worsens', '+', 'thaw:alsfrs_r_decline', generic('definition', 4, 'definition')],
  ['process:mnd', 'shortens', '-', 'thaw:survival', generic('definition of ALS', 4, 'definition')],
  [
    'thaw:alsfrs_r_decline',
    'raises',
    '+',
    'thaw:als_progression',
    generic('function', 8, 'definition'),
  ],
  ['thaw:survival', 'lowers', '-', 'thaw:als_progression', generic('death', 8, 'definition')],
].map(([from, relation, sign, to, groups], i) =>
  weighed({
    claim: `c${String(i).padStart(3, '0')}`,
    from,
    relation,
    sign,
    to,
    groups,
    causal: true,
  }),
);

export const not_causal = [
  weighed({
    claim: 'c900',
    from: 'biomarker:nfl',
    relation: 'associated_with',
    sign: '+',
    to: 'thaw:alsfrs_r_decline',
    groups: generic('NfL cohorts', 1.3, 'adjusted_cohort'),
    causal: false,
  }),
];
