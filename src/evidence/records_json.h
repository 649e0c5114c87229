// Concepts, sources and items as JSON objects: the form in which they are bundled, imported and
// exported, one a line. Reading is strict: an unknown key is an error, not a silent loss.
//
// Format: docs/formats/evidence.md. Writing then reading gives an equal record.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "evidence/model.h"

namespace thaw::evidence {

boost::json::object to_json(const Concept& record);
boost::json::object to_json(const Source& record);
boost::json::object to_json(const Item& record);

// kInvalidArgument names the key that is missing, unknown, of the wrong type or out of range.
Result<Concept> concept_from_json(const boost::json::object& object);
Result<Source> source_from_json(const boost::json::object& object);
Result<Item> item_from_json(const boost::json::object& object);

/// Whether `name` is a kind of study that an item may have.
bool is_study_kind(std::string_view name);
/// "supports", "opposes", "no_effect_seen", "inconclusive"; nothing for another word.
std::optional<Direction> direction_from(std::string_view name);
std::string_view to_string(Direction direction);
std::string_view to_string(SourceStatus status);
std::string_view to_string(Sign sign);  // "+" or "-"

}  // namespace thaw::evidence
