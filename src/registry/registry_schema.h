// The registry's tables, in the SQL that both databases understand; docs/formats/registry.md.
#pragma once

#include <array>

#include "db/db.h"

namespace thaw::registry {

inline constexpr std::array<db::Migration, 1> kRegistryMigrations = {{{1, R"sql(
create table registry_manifest (
  one bigint primary key check (one = 1),
  kind text not null check (kind in ('real', 'synthetic')),
  as_of text not null,
  generator text not null,
  seed text not null,
  population text not null,
  parameters text not null,
  parameter_hash text not null,
  truth text not null
);
create table person (
  person_id bigint primary key,
  code text not null unique,
  sex text not null,
  birth_year bigint,
  onset text,
  site text not null,
  diagnosis text not null,
  certainty text not null,
  diagnosed text,
  familial bigint,
  genes_tested bigint,
  genes text not null
);
create table report (
  person_id bigint not null,
  number bigint not null,
  assessed text not null,
  scale text not null,
  item1 bigint, item2 bigint, item3 bigint, item4 bigint, item5 bigint, item6 bigint,
  item7 bigint, item8 bigint, item9 bigint, item10 bigint, item11 bigint, item12 bigint,
  item_five text not null,
  answered_by text not null,
  mode text not null,
  primary key (person_id, number)
);
create table vital_capacity (
  person_id bigint not null,
  number bigint not null,
  measured text not null,
  kind text not null,
  litres double precision not null,
  percent_predicted double precision,
  primary key (person_id, number)
);
create table treatment (
  person_id bigint not null,
  number bigint not null,
  drug text not null,
  concept text not null,
  started text,
  stopped text,
  dose text not null,
  primary key (person_id, number)
);
create table person_event (
  person_id bigint not null,
  number bigint not null,
  kind text not null,
  happened text not null,
  primary key (person_id, number)
);
)sql"}}};

}  // namespace thaw::registry
