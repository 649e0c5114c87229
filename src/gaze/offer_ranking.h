// Which candidates fill the places: those that save most selections, given what else is shown.
//
// A candidate is right when the person's text goes on with it. What it saves is its probability
// times the selections that its text would cost otherwise; an offer beside a longer one that begins
// with it counts only for the rest, and so on greedily. Check: offer_ranking_test.cc.
#pragma once

#include <string>
#include <vector>

#include "gaze/text_engine.h"

namespace thaw::gaze {

struct Candidate {
  std::string text;    // what the offer stands for; one that begins another is told by it
  double probability;  // that the person's text goes on with it
  double saves;        // selections when it is right and nothing else is offered
  Offer offer;
  bool spelled_out = false;  // every letter of it was typed: it stands before others on later pages
};

struct Candidates {
  std::vector<Candidate> all;
  double mass = 1;  // how likely the letters are at this place, over all words that fit them
};

/// Indices of candidates: the `places` best together, by what they add, then the others: those
/// spelled out, then the likeliest. Texts must be unique. Ties: the earlier candidate. Cost: places
/// times the best 160.
std::vector<std::size_t> rank_offers(const std::vector<Candidate>& candidates, std::size_t places);

/// Selections that something of probability `p` costs beyond its pick: letters until it shows.
/// `bits_free`: of what shows at once; `bits_a_letter`: what a letter tells. `most`: letters that
/// there are to type.
double letters_until_shown(double p, double bits_free, double bits_a_letter, double most);

}  // namespace thaw::gaze
