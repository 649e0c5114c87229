// Made-up person-months for tests: a sign L that treatment lowers, that raises treatment, leaving
// and the event; and what each strategy truly does in them.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/random.h"
#include "table/table.h"

namespace thaw::effect {

/// The law of one month. `u` is a person's frailty.
struct MonthLaw {
  double treatment_on_sign = -1.2;
  double sign_on_treatment = 1.0;
  double treatment_on_event = -0.7;
  double sign_on_event = 1.2;
  double event_level = -3.0;
  double leave_level = -4.0;  // below -50: nobody leaves
  double sign_on_leave = 1.0;
  double start_level = -1.5;
  double stay_level = 1.5;
  double hidden = 0;  // of u on treatment and event: not recorded
};

inline double logistic_of(double x) {
  return 1 / (1 + std::exp(-x));
}

/// One person's months as they happen; `choose(month, sign, treated before, natural)` decides
/// treatment.
struct SimulatedPerson {
  std::vector<std::int64_t> sign;
  std::vector<std::int64_t> treated;
  bool event = false;
  bool left = false;
  double value = 0;  // at the end, of the sign's burden and the treatment
};

inline SimulatedPerson simulate_person(Random& random, const MonthLaw& law, int months,
                                       bool may_leave,
                                       const std::function<bool(int, bool, bool, bool)>& choose) {
  SimulatedPerson person;
  const double u = random.normal();
  bool before = false;
  bool sign_before = false;
  for (int k = 0; k < months; ++k) {
    const bool sign = random.bernoulli(
        logistic_of(-0.5 + (k > 0 ? 1.5 * sign_before + law.treatment_on_sign * before : 0)));
    const double level = before ? law.stay_level : law.start_level;
    const bool natural =
        random.bernoulli(logistic_of(level + law.sign_on_treatment * sign + law.hidden * u));
    const bool treated = choose(k, sign, before, natural);
    person.sign.push_back(sign);
    person.treated.push_back(treated);
    person.left =
        random.bernoulli(logistic_of(law.leave_level + law.sign_on_leave * sign)) && may_leave;
    if (person.left) {
      return person;
    }
    person.event = random.bernoulli(logistic_of(law.event_level + law.sign_on_event * sign +
                                                law.treatment_on_event * treated + law.hidden * u));
    if (person.event) {
      return person;
    }
    before = treated;
    sign_before = sign;
  }
  return person;
}

/// `people` as observed over `months` months. Columns: person, month, l, treatment, event, dropout,
/// value (l plus noise less half the treated months before), and `history`, a category of all that
/// happened up to the month's sign, `history_treated`, and up to its treatment.
inline Table simulated_months(std::uint64_t seed, int people, int months, const MonthLaw& law) {
  std::vector<std::int64_t> id, month, l, a, event, dropout;
  std::vector<std::string> history, history_treated;
  std::vector<double> value;
  for (int i = 0; i < people; ++i) {
    Random random(seed, static_cast<std::uint64_t>(i));
    const SimulatedPerson person = simulate_person(
        random, law, months, true, [](int, bool, bool, bool natural) { return natural; });
    std::string past;
    double burden = 0;
    for (std::size_t k = 0; k < person.sign.size(); ++k) {
      const bool last = k + 1 == person.sign.size();
      id.push_back(i);
      month.push_back(static_cast<std::int64_t>(k));
      l.push_back(person.sign[k]);
      a.push_back(person.treated[k]);
      event.push_back(last && person.event ? 1 : 0);
      dropout.push_back(last && person.left ? 1 : 0);
      value.push_back(static_cast<double>(person.sign[k]) - burden / 2 + random.normal() / 4);
      burden += static_cast<double>(person.treated[k]);
      past += person.sign[k] != 0 ? 'L' : 'l';
      history.push_back(past);
      past += person.treated[k] != 0 ? 'A' : 'a';
      history_treated.push_back(past);
    }
  }
  Table table;
  (void)table.add_column(Column::integer("person", id));
  (void)table.add_column(Column::integer("month", month));
  (void)table.add_column(Column::integer("l", l));
  (void)table.add_column(Column::integer("treatment", a));
  (void)table.add_column(Column::integer("event", event));
  (void)table.add_column(Column::integer("dropout", dropout));
  (void)table.add_column(Column::real("value", value));
  (void)table.add_column(Column::category_of("history", history));
  (void)table.add_column(Column::category_of("history_treated", history_treated));
  return table;
}

/// Risk of the event over `months` when `choose` decides treatment and nobody leaves, by
/// simulation of `people`.
inline double true_risk(const MonthLaw& law, int months, int people,
                        const std::function<bool(int, bool, bool, bool)>& choose) {
  int events = 0;
  for (int i = 0; i < people; ++i) {
    Random random(99, static_cast<std::uint64_t>(i));
    events += simulate_person(random, law, months, false, choose).event ? 1 : 0;
  }
  return static_cast<double>(events) / people;
}

}  // namespace thaw::effect
