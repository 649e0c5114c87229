#include "inquiry/rivals_document.h"

#include <boost/json.hpp>

#include "evidence/records_json.h"
#include "evidence/weigh_json.h"
#include "inquiry/documents.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;
using evidence::concept_json;
using evidence::text_json;

json::array shares_json(const std::vector<double>& shares) {
  json::array out;
  for (const double share : shares) {
    out.emplace_back(share);
  }
  return out;
}

json::object rival_json(const Rival& rival, std::size_t rank) {
  json::object out;
  out["rank"] = rank;
  out["posterior"] = rival.posterior;
  out["open"] = rival.open;
  out["only"] = rival.only;
  out["text"] = text_json(rival.text.en, rival.text.zh);
  out["chain"] = chain_json(rival.chain);
  return out;
}

json::object prediction_json(const RivalPrediction& prediction) {
  json::array by_rival;
  for (const int said : prediction.by_rival) {
    by_rival.push_back(said == 0 ? json::value(nullptr) : json::value(said > 0 ? "+" : "-"));
  }
  return {{"concept", concept_json(*prediction.thing)},
          {"by_rival", std::move(by_rival)},
          {"opposite", prediction.opposite}};
}

json::object test_json(const RivalTest& test) {
  return {
      {"claim", test.link.claim->claim->id},          {"subject", concept_json(*test.link.subject)},
      {"object", concept_json(*test.link.object)},    {"sign", evidence::to_string(test.link.sign)},
      {"probability", test.link.probability},         {"bits", test.bits},
      {"if_true", shares_json(test.if_present)},      {"if_not", shares_json(test.if_absent)},
      {"text", text_json(test.text.en, test.text.zh)}};
}

}  // namespace

json::object rivals_document(const Rivals& rivals) {
  json::object out;
  const auto& request = rivals.request;
  out["outcome"] = concept_json(*request.outcome);
  out["from"] =
      request.from == nullptr ? json::value(nullptr) : json::value(concept_json(*request.from));
  out["as_of"] = request.weigh.as_of ? json::value(*request.weigh.as_of) : json::value(nullptr);
  out["prior"] = request.weigh.prior ? json::value(*request.weigh.prior) : json::value(nullptr);
  out["population"] = request.weigh.population.empty() ? json::value(nullptr)
                                                       : json::value(request.weigh.population);
  json::array list;
  for (std::size_t i = 0; i < rivals.rivals.size(); ++i) {
    list.push_back(rival_json(rivals.rivals[i], i + 1));
  }
  out["rivals"] = std::move(list);
  out["none_of_these"] = rivals.none;
  out["entropy_bits"] = rivals.entropy_bits;
  json::array predictions;
  for (const auto& prediction : rivals.predictions) {
    predictions.push_back(prediction_json(prediction));
  }
  out["predictions"] = std::move(predictions);
  out["predicted_as"] = request.from == nullptr ? "the outcome rises" : "the start rises";
  json::array tests;
  for (const auto& test : rivals.tests) {
    tests.push_back(test_json(test));
  }
  out["tests"] = std::move(tests);
  out["note"] = text_json(
      "Each world of the evidence gives one unit of credit: to the chains whose arrows all exist "
      "in "
      "it, in equal parts, or to none of these. A chain counts as open however small its effect.",
      "每个可能世界给出一份功劳：由其中所有环节都成立的链条平分；没有这样的链条时归于“以上皆非”。"
      "链条只要成立就计入，不论作用大小。");
  return out;
}

}  // namespace thaw::inquiry
