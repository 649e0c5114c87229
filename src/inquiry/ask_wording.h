// The sentences of an answer, in English and Chinese, each with its numbers.
#pragma once

#include <vector>

#include "inquiry/ask.h"

namespace thaw::inquiry {

/// "riluzole extends survival: strongly for. 5.1 nats for and 0.2 against ..., n groups".
Text claim_sentence(const evidence::Knowledge& knowledge, const evidence::WeighedClaim& claim);

/// What all chains together say of the answer's candidate and the outcome, with the error, the
/// baseline and the best chain.
Text influence_sentence(const Ranking& ranking, const Answer& answer);

/// The first names of a ranking, for "what slows Y".
Text ranking_sentence(const Ranking& ranking, std::size_t count);

/// "Through: A → ... (34 % likely to hold in full)".
Text chain_sentence(const Chain& chain);

/// The weakest link, the study that could settle it, and how many people could take part.
Text proposal_sentence(const Proposal& proposal);

/// "Nothing we hold joins X and Y ...; that is not evidence of no effect".
Text nothing_sentence(const evidence::Concept* subject, const evidence::Concept* object);

/// "Near to it, and with a chain to Y: A; B".
Text near_sentence(const std::vector<const evidence::Concept*>& near,
                   const evidence::Concept& object);

/// "Through what does X act on Y?"
Text mechanism_question(const evidence::Concept& subject, const evidence::Concept& object);

/// The last sentence of every answer about a treatment.
Text no_advice_sentence();

/// Sentences one after the other.
void append(Text& text, const Text& sentence);

/// Questions that would be understood, about concepts that are known.
std::vector<Text> suggestion_questions(const evidence::Knowledge& knowledge,
                                       const evidence::Concept* outcome);

}  // namespace thaw::inquiry
