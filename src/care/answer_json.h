// The sentences of an answer as JSON: [{"lang","words","state"},…].
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "care/question_store.h"

namespace thaw::care {

boost::json::array sentences_json(const std::vector<Sentence>& sentences);
std::string sentences_text(const std::vector<Sentence>& sentences);

/// kInvalidArgument names the sentence and what is wrong with it; over kSentencesMax.
Result<std::vector<Sentence>> read_sentences(const boost::json::value& value);

/// As it was written by sentences_text. kCorrupt.
Result<std::vector<Sentence>> parse_sentences(std::string_view text);

/// The question document of docs/formats/speak.md, with its answer.
boost::json::object question_json(const Question& question);

/// As others than the person see it: the answer only once it was sent.
boost::json::object question_json_for_partner(const Question& question);

}  // namespace thaw::care
