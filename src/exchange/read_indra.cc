// INDRA statements (indra.statements, statements_schema.json): one item for each evidence.
//
// Source of the classes: gyorilab/indra, statements.py. A statement without evidence is refused:
// nothing would say where it comes from. What is kept and lost: docs/formats/exchange.md.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>

#include "base/text.h"
#include "evidence/records_json.h"
#include "exchange/draft.h"
#include "exchange/indra_agent.h"
#include "exchange/indra_priors.h"
#include "exchange/json_elements.h"
#include "exchange/readers.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;
using evidence::Direction;
using evidence::Item;
using evidence::Sign;

/// A class of two roles. A sign of 0: the class says nothing of more or less.
struct Pair {
  std::string_view type, subject, object, relation;
  int sign;
};

constexpr std::array<Pair, 33> kPairs = {{
    {"Acetylation", "enz", "sub", "acetylates", 0},
    {"Activation", "subj", "obj", "activates", 1},
    {"Deacetylation", "enz", "sub", "deacetylates", 0},
    {"DecreaseAmount", "subj", "obj", "decreases_amount", -1},
    {"Defarnesylation", "enz", "sub", "defarnesylates", 0},
    {"Degeranylgeranylation", "enz", "sub", "degeranylgeranylates", 0},
    {"Deglycosylation", "enz", "sub", "deglycosylates", 0},
    {"Dehydroxylation", "enz", "sub", "dehydroxylates", 0},
    {"Demethylation", "enz", "sub", "demethylates", 0},
    {"Demyristoylation", "enz", "sub", "demyristoylates", 0},
    {"Depalmitoylation", "enz", "sub", "depalmitoylates", 0},
    {"Dephosphorylation", "enz", "sub", "dephosphorylates", 0},
    {"Deribosylation", "enz", "sub", "deribosylates", 0},
    {"Desumoylation", "enz", "sub", "desumoylates", 0},
    {"Deubiquitination", "enz", "sub", "deubiquitinates", 0},
    {"Farnesylation", "enz", "sub", "farnesylates", 0},
    {"Gap", "gap", "ras", "inhibits", -1},
    {"Gef", "gef", "ras", "activates", 1},
    {"Geranylgeranylation", "enz", "sub", "geranylgeranylates", 0},
    {"Glycosylation", "enz", "sub", "glycosylates", 0},
    {"GtpActivation", "subj", "obj", "activates", 1},
    {"Hydroxylation", "enz", "sub", "hydroxylates", 0},
    {"IncreaseAmount", "subj", "obj", "increases_amount", 1},
    {"Inhibition", "subj", "obj", "inhibits", -1},
    {"Methylation", "enz", "sub", "methylates", 0},
    {"Myristoylation", "enz", "sub", "myristoylates", 0},
    {"Palmitoylation", "enz", "sub", "palmitoylates", 0},
    {"Phosphorylation", "enz", "sub", "phosphorylates", 0},
    {"Ribosylation", "enz", "sub", "ribosylates", 0},
    {"Sumoylation", "enz", "sub", "sumoylates", 0},
    {"Ubiquitination", "enz", "sub", "ubiquitinates", 0},
    {"Influence", "subj", "obj", "influences", 0},
    {"Regulation", "subj", "obj", "regulates", 0},
}};

constexpr std::size_t kMostMembers = 5;  // of a complex: at most 10 pairs

/// One directed relation that a statement makes, before its evidence.
struct Relation {
  IndraAgent subject, object;
  std::string relation;
  int sign = 0;
};

/// An agent, or the concept inside an event of Influence and Association.
Result<IndraAgent> role(const json::object& statement, std::string_view key) {
  const auto* agent = object_of(statement, key);
  if (agent == nullptr) {
    return invalid_argument(fmt::format("'{}' names no agent", key));
  }
  if (const auto* inner = object_of(*agent, "concept")) {
    return agent_of(*inner);
  }
  return agent_of(*agent);
}

/// Polarity of an Influence event: +1, -1, or 0 where it has none.
int polarity(const json::object& statement, std::string_view key) {
  const auto* event = object_of(statement, key);
  const auto* delta = event == nullptr ? nullptr : object_of(*event, "delta");
  delta = delta == nullptr ? object_of(statement, fmt::format("{}_delta", key)) : delta;
  const auto* value = delta == nullptr ? nullptr : delta->if_contains("polarity");
  return value == nullptr || !value->is_int64() ? 0
         : value->get_int64() > 0               ? 1
         : value->get_int64() < 0               ? -1
                                                : 0;
}

Result<std::vector<Relation>> pairwise(const json::object& statement, std::string_view relation) {
  const auto* members = array_of(statement, "members");
  if (members == nullptr || members->size() < 2) {
    return invalid_argument("fewer than two members");
  }
  if (members->size() > kMostMembers) {
    return invalid_argument(
        fmt::format("{} members: pairs are kept of at most {}", members->size(), kMostMembers));
  }
  std::vector<IndraAgent> agents;
  for (const auto& member : *members) {
    const auto* object = member.if_object();
    if (object == nullptr) {
      return invalid_argument("a member is no agent");
    }
    const auto* inner = object_of(*object, "concept");
    THAW_TRY(auto agent, agent_of(inner != nullptr ? *inner : *object));
    agents.push_back(std::move(agent));
  }
  std::vector<Relation> out;
  for (std::size_t i = 0; i < agents.size(); ++i) {
    for (std::size_t j = i + 1; j < agents.size(); ++j) {
      out.push_back({agents[i], agents[j], std::string(relation), 0});
    }
  }
  return out;
}

Result<std::vector<Relation>> conversion(const json::object& statement) {
  THAW_TRY(const auto subject, role(statement, "subj"));
  std::vector<Relation> out;
  for (const auto& [key, word, sign] :
       {std::tuple{"obj_to", "produces", 1}, std::tuple{"obj_from", "consumes", -1}}) {
    if (const auto* list = array_of(statement, key)) {
      for (const auto& element : *list) {
        if (const auto* object = element.if_object()) {
          THAW_TRY(auto agent, agent_of(*object));
          out.push_back({subject, std::move(agent), word, sign});
        }
      }
    }
  }
  if (out.empty()) {
    return invalid_argument("a conversion of nothing into nothing");
  }
  return out;
}

Result<std::vector<Relation>> relations_of(const json::object& statement) {
  const std::string type = text_of(statement, "type");
  if (type == "Complex" || type == "Association") {
    return pairwise(statement, type == "Complex" ? "binds" : "associated_with");
  }
  if (type == "Conversion") {
    return conversion(statement);
  }
  const auto* pair = std::ranges::find(kPairs, std::string_view(type), &Pair::type);
  if (pair == kPairs.end()) {
    return invalid_argument(
        type.empty() ? "'type' is missing"
                     : fmt::format("the class '{}' makes no relation between two things", type));
  }
  Relation relation;
  THAW_TRY(relation.subject, role(statement, pair->subject));
  THAW_TRY(relation.object, role(statement, pair->object));
  relation.relation = pair->relation;
  relation.sign = pair->sign;
  if (type == "Influence") {
    relation.sign = polarity(statement, "subj") * polarity(statement, "obj");
  }
  const std::string site = text_of(statement, "residue") + text_of(statement, "position");
  if (!site.empty()) {
    relation.object.form += (relation.object.form.empty() ? "site " : "; site ") + site;
  }
  return std::vector<Relation>{std::move(relation)};
}

Result<evidence::Source> source_of_evidence(const json::object& given, const std::string& api) {
  std::string pmid = text_of(given, "pmid");
  if (const auto* refs = object_of(given, "text_refs")) {
    pmid = pmid.empty() ? text_of(*refs, "PMID") : pmid;
    for (const std::string_view key : {"PMCID", "DOI"}) {
      if (pmid.empty() && !text_of(*refs, key).empty()) {
        return source_of(fmt::format("{}:{}", key, text_of(*refs, key)));
      }
    }
  }
  if (pmid.starts_with("PMID")) {
    pmid = pmid.substr(4 + (pmid.size() > 4 && pmid[4] == ':' ? 1 : 0));
  }
  if (!pmid.empty()) {
    return source_of(fmt::format("PMID:{}", pmid));
  }
  // A database's own record without a paper: the database is what can be asked.
  evidence::Source s;
  s.id = fmt::format("database:{}", api);
  s.citation = fmt::format("the database {}, no paper named", api);
  return s;
}

bool is_set(const json::object* object, std::string_view key) {
  const auto* value = object == nullptr ? nullptr : object->if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

void take_epistemics(const json::object& given, Item& item) {
  const auto* epistemics = object_of(given, "epistemics");
  if (is_set(epistemics, "negated")) {
    item.direction = Direction::kNoEffectSeen;
  }
  if (is_set(epistemics, "hypothesis")) {
    item.direction = Direction::kInconclusive;
    item.note += item.note.empty() ? "stated as a hypothesis" : "; stated as a hypothesis";
  }
}

/// What our own export put beside an evidence: the item whole.
Result<std::optional<Item>> own_item(const json::object& given) {
  const auto* annotations = object_of(given, "annotations");
  const auto* own = annotations == nullptr ? nullptr : object_of(*annotations, "thaw");
  if (own == nullptr) {
    return std::optional<Item>();
  }
  THAW_TRY(auto item, evidence::item_from_json(*own));
  return std::optional(std::move(item));
}

Result<Item> item_of(const json::object& given, const Relation& relation, const std::string& type,
                     const evidence::Source& source, const std::string& api) {
  THAW_TRY(const auto own, own_item(given));
  if (own) {
    return *own;
  }
  Item item;
  item.subject = relation.subject.mention.id;
  item.object = relation.object.mention.id;
  item.relation = relation.relation;
  item.causal = relation.sign != 0;
  item.sign = relation.sign < 0 ? Sign::kLowers : Sign::kRaises;
  if (!relation.subject.form.empty()) {
    item.qualifiers["subject_form"] = relation.subject.form;
  }
  if (!relation.object.form.empty()) {
    item.qualifiers["object_form"] = relation.object.form;
  }
  for (const auto* agent : {&relation.subject, &relation.object}) {
    if (!agent->note.empty()) {
      item.note += fmt::format("{}{}: {}", item.note.empty() ? "" : "; ", agent->mention.name.en,
                               agent->note);
    }
  }
  const auto known = indra_source(api);
  item.study_kind = api == "assertion"            ? "opinion"
                    : known && !known->reads_text ? "review"
                                                  : "text_mined";
  item.faithful = known ? known->faithful() : 0.5;
  item.extractor = api.empty() ? "indra" : api;
  item.source = source.id;
  item.quote = text_of(given, "text");
  item.quote_check = item.quote.empty() ? "" : "unchecked";
  take_epistemics(given, item);
  item.id =
      content_id("indra", {type, item.subject, item.object, item.relation, relation.subject.form,
                           relation.object.form, api, text_of(given, "source_id"), item.source,
                           item.quote, evidence::to_string(item.direction)});
  return item;
}

Result<Batch> batch_of(const json::object& statement) {
  if (const auto* belief = statement.if_contains("belief")) {
    const double value = belief->is_number() ? belief->to_number<double>() : NAN;
    if (!(value >= 0 && value <= 1)) {
      return invalid_argument("'belief' must lie in 0 to 1");
    }
  }
  const auto* all = array_of(statement, "evidence");
  if (all == nullptr || all->empty()) {
    return invalid_argument("a statement without evidence: nothing says where it comes from");
  }
  const std::string type = text_of(statement, "type");
  THAW_TRY(const auto relations, relations_of(statement));
  Batch batch;
  for (const auto& relation : relations) {
    batch.mentioned.push_back(relation.subject.mention);
    batch.mentioned.push_back(relation.object.mention);
    for (const auto& element : *all) {
      const auto* given = element.if_object();
      if (given == nullptr) {
        return invalid_argument("an evidence that is no object");
      }
      const std::string api = text_of(*given, "source_api");
      THAW_TRY(auto source, source_of_evidence(*given, api.empty() ? "indra" : api));
      THAW_TRY(auto item, item_of(*given, relation, type, source, api));
      if (item.source != source.id) {
        source = {.id = item.source, .citation = item.source};
      }
      batch.cited.push_back(std::move(source));
      batch.items.push_back(std::move(item));
    }
  }
  return batch;
}

}  // namespace

bool is_indra(std::string_view /*name*/, std::string_view head) {
  head = trim(head);
  if (head.starts_with('[')) {
    head = trim(head.substr(1));
  }
  if (!head.starts_with('{')) {
    return false;
  }
  head = head.substr(0, 20000);
  const bool has_class = head.find("\"type\"") != std::string_view::npos;
  return has_class && (head.find("\"db_refs\"") != std::string_view::npos ||
                       head.find("\"matches_hash\"") != std::string_view::npos);
}

Result<Done> read_indra(ByteSource& bytes, Sink& sink) {
  return read_objects(bytes, sink, batch_of);
}

}  // namespace thaw::exchange
