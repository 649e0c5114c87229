// Every reader by name; format.cc lists them in the order in which they are tried.
//
// One file each, read_<format>.cc. What each keeps and loses: docs/formats/exchange.md.
#pragma once

#include "exchange/format.h"

namespace thaw::exchange {

Result<Done> read_own_json_lines(ByteSource& bytes, Sink& sink);
bool is_own_json_lines(std::string_view name, std::string_view head);

Result<Done> read_own_table(ByteSource& bytes, Sink& sink);
bool is_own_table(std::string_view name, std::string_view head);

Result<Done> read_indra(ByteSource& bytes, Sink& sink);
bool is_indra(std::string_view name, std::string_view head);

Result<Done> read_drugmechdb_lines(ByteSource& bytes, Sink& sink);
bool is_drugmechdb_lines(std::string_view name, std::string_view head);

Result<Done> read_drugmechdb_yaml(ByteSource& bytes, Sink& sink);
bool is_drugmechdb_yaml(std::string_view name, std::string_view head);

Result<Done> read_dismech_lines(ByteSource& bytes, Sink& sink);
bool is_dismech_lines(std::string_view name, std::string_view head);

Result<Done> read_dismech_yaml(ByteSource& bytes, Sink& sink);
bool is_dismech_yaml(std::string_view name, std::string_view head);

Result<Done> read_clingen(ByteSource& bytes, Sink& sink);
bool is_clingen(std::string_view name, std::string_view head);

Result<Done> read_trial_effects(ByteSource& bytes, Sink& sink);
bool is_trial_effects(std::string_view name, std::string_view head);

Result<Done> read_bel_script(ByteSource& bytes, Sink& sink);
bool is_bel_script(std::string_view name, std::string_view head);

Result<Done> read_bel_graph(ByteSource& bytes, Sink& sink);
bool is_bel_graph(std::string_view name, std::string_view head);

Result<Done> read_kgx_table(ByteSource& bytes, Sink& sink);
bool is_kgx_table(std::string_view name, std::string_view head);

Result<Done> read_kgx_lines(ByteSource& bytes, Sink& sink);
bool is_kgx_lines(std::string_view name, std::string_view head);

Result<Done> read_sif(ByteSource& bytes, Sink& sink);
bool is_sif(std::string_view name, std::string_view head);

}  // namespace thaw::exchange
