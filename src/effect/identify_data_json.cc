// The documents of what data say to a graph and its answer.
#include <boost/json.hpp>
#include <cmath>

#include "effect/identify_json.h"

namespace thaw::effect {

namespace json = boost::json;

namespace {

json::value number(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

json::array texts(const std::vector<std::string>& values) {
  json::array found;
  for (const std::string& value : values) {
    found.push_back(json::value(value));
  }
  return found;
}

}  // namespace

json::array implication_tests_json(const IdentifyAnswer& answer,
                                   const std::vector<ImplicationTest>& tests) {
  json::array found;
  for (const ImplicationTest& test : tests) {
    json::array given;
    test.claim.given.for_each(
        [&](std::uint32_t v) { given.push_back(json::value(answer.names[v])); });
    const bool made = !test.method.empty();
    found.push_back(
        json::object{{"a", answer.names[test.claim.a]},
                     {"b", answer.names[test.claim.b]},
                     {"given", std::move(given)},
                     {"method", made ? json::value(test.method) : json::value(nullptr)},
                     {"n", test.n},
                     {"estimate", made ? number(test.estimate) : json::value(nullptr)},
                     {"statistic", made ? number(test.statistic) : json::value(nullptr)},
                     {"df", test.method == "g2" ? number(test.df) : json::value(nullptr)},
                     {"p", made ? number(test.p) : json::value(nullptr)},
                     {"p_holm", made ? number(test.p_holm) : json::value(nullptr)},
                     {"problem", made ? json::value(nullptr) : json::value(test.problem)}});
  }
  return found;
}

json::object estimand_on_data_json(const IdentifyAnswer& answer, const EstimandOnData& data) {
  json::array cells;
  for (const EffectCell& cell : data.cells) {
    cells.push_back(json::object{{"treatment", texts(cell.treatment)},
                                 {"outcome", texts(cell.outcome)},
                                 {"given", texts(cell.given)},
                                 {"chance", number(cell.chance)},
                                 {"ci_low", number(cell.low)},
                                 {"ci_high", number(cell.high)}});
  }
  json::value difference = nullptr;
  if (data.difference) {
    difference = json::object{{"estimate", number(data.difference->value)},
                              {"ci_low", number(data.difference->low)},
                              {"ci_high", number(data.difference->high)},
                              {"treatment", data.cells.back().treatment.back()},
                              {"against", data.cells.front().treatment.back()},
                              {"outcome", data.cells.back().outcome.back()}};
  }
  return {{"unit", "probability"},
          {"treatment", names_of(answer.x, answer.names)},
          {"outcome", names_of(answer.y, answer.names)},
          {"rows", data.rows == 0 ? json::value(nullptr) : json::value(data.rows)},
          {"exact", data.rows == 0},
          {"replicates", data.replicates},
          {"cells", std::move(cells)},
          {"difference", std::move(difference)}};
}

}  // namespace thaw::effect
